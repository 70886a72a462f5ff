"""The parts of the running application that doors need."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from app.commands.run import Writer
from app.live.room import Rooms
from app.settings import Settings
from app.store.database import Database


@dataclass(frozen=True)
class Parts:
    """Made once by main.py; kept on the application's state."""

    settings: Settings
    database: Database
    writer: Writer
    rooms: Rooms


def parts(connection: HTTPConnection) -> Parts:
    """The parts of the application that serves this request or socket."""
    found: Parts = connection.app.state.parts
    return found
