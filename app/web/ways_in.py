"""What the doors for joining know of a session: read once for a whole hall that presses at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.events import Event
from app.store import sessions
from app.store.database import Database
from app.store.tables import ModerationSession
from app.web.for_a_moment import ForAMoment


@dataclass(frozen=True)
class WayIn:
    """A session as its doors see it. Whether somebody may enter is judged again when the seat is taken."""

    session_id: int
    code: str | None
    join_key: str
    title: str
    status: str
    door_open: bool


class WaysIn:
    """The sessions that people are joining, by code and by join key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ways: ForAMoment[str, WayIn] = ForAMoment()

    async def by_code(self, code: str) -> WayIn | None:
        """The session that holds this code now."""

        async def read() -> WayIn | None:
            async with self._database.reader() as db:
                return _way_into(await sessions.by_code(db, code))

        return await self._ways.get(f"code {code}", read)

    async def by_join_key(self, join_key: str) -> WayIn | None:
        """The session to which this link leads."""

        async def read() -> WayIn | None:
            async with self._database.reader() as db:
                return _way_into(await sessions.by_join_key(db, join_key))

        return await self._ways.get(f"key {join_key}", read)

    def note(self, session_id: int, _seq: int, events: Sequence[Event]) -> None:
        """Listens to the bus: what was opened, closed its door or ended is read anew. Who joins changes nothing."""
        if any(event.raises_seq for event in events):
            self._ways.forget_where(lambda way: way.session_id == session_id)


def _way_into(session: ModerationSession | None) -> WayIn | None:
    if session is None:
        return None
    return WayIn(
        session_id=int(session.id or 0),
        code=session.code,
        join_key=session.join_key,
        title=session.title,
        status=session.status,
        door_open=session.door_open,
    )
