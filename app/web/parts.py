"""The parts of the running application that doors need."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from app.commands.run import Writer
from app.exports.press import Press
from app.live.rooms import Rooms
from app.settings import Settings
from app.store.database import Database
from app.web.attempts import Attempts
from app.web.known_seats import KnownSeats
from app.web.phones import Phones
from app.web.ways_in import WaysIn


@dataclass(frozen=True)
class Parts:
    """Made once by main.py; kept on the application's state."""

    settings: Settings
    database: Database
    writer: Writer
    rooms: Rooms
    known_seats: KnownSeats
    ways_in: WaysIn
    phones: Phones
    attempts: Attempts = field(default_factory=Attempts)
    press: Press = field(default_factory=Press)


def parts(connection: HTTPConnection) -> Parts:
    """The parts of the application that serves this request or socket."""
    found: Parts = connection.app.state.parts
    return found
