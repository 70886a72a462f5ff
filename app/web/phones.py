"""What all phones of a session show: read and drawn once for all who load their page while it stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.events import Event
from app.live.rooms import Rooms
from app.screens import phone
from app.screens.one_for_all import PageForAll
from app.screens.phone_view import PhoneView
from app.store.database import Database
from app.web.for_a_moment import ForAMoment


@dataclass
class ShownToAll:
    """The view, and the pages drawn of it by language and place: nobody's own is in it."""

    session_id: int
    view: PhoneView
    _pages: dict[tuple[str, int], PageForAll] = field(default_factory=dict)

    def page(self, language: str, place: int, seat: str) -> PageForAll:
        """The page at a place of a device, whose address is `seat`; drawn when the first asks for it."""
        if (language, place) not in self._pages:
            here = {"place": place, "seat": seat}
            self._pages[language, place] = PageForAll("phone/page.html", language, view=self.view, **here)
        return self._pages[language, place]


class Phones:
    """By session. What is told on the bus is seen at once; counts and seconds left may be half a second old."""

    def __init__(self, database: Database, rooms: Rooms) -> None:
        self._database = database
        self._rooms = rooms
        self._shown: ForAMoment[int, ShownToAll] = ForAMoment()

    def note(self, session_id: int, _seq: int, events: Sequence[Event]) -> None:
        """Listens to the bus: whoever loads the page from now on sees what has changed."""
        if any(event.raises_seq for event in events):
            self._shown.forget(session_id)

    async def of(self, session_id: int) -> ShownToAll:
        """What the phones of this session show now."""

        async def read() -> ShownToAll:
            async with self._database.reader() as db:
                view = await phone.load(db, session_id, await self._rooms.of(session_id).presence_now(db))
            # Who loads the page is here, before the socket has come or where none comes.
            return ShownToAll(session_id, replace(view, connected=max(view.connected, 1)))

        shown = await self._shown.get(session_id, read)
        assert shown is not None
        return shown
