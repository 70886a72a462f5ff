"""The rooms of this process: one for each session that somebody is in or that something happens in."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.events import Event
from app.domain.trouble import Trouble
from app.live.aside import Aside
from app.live.closing import send_away
from app.live.connection import GONE, NOT_ALLOWED
from app.live.room import Room
from app.store import people, sessions
from app.store.database import Database
from app.suggestions.embeddings import Embeddings


class Rooms:
    """The rooms of this process by session."""

    def __init__(self, database: Database, embeddings: Embeddings | None = None) -> None:
        self._database = database
        self._embeddings = embeddings
        self._aside = Aside()
        self._rooms: dict[int, Room] = {}
        self._trouble: Trouble | None = None

    def of(self, session_id: int) -> Room:
        """The room of a session; made when it is first asked for."""
        room = self._rooms.get(session_id)
        if room is None:
            room = self._rooms[session_id] = Room(session_id, self._database, self._aside, self._embeddings)
            room.presence.trouble = self._trouble
        return room

    def note_trouble(self, trouble: Trouble | None) -> None:
        """The server can't store anything, or can again: who leads is told at the next count."""
        self._trouble = trouble
        for room in self._rooms.values():
            room.presence.trouble, room.presence.changed = trouble, True

    def connected(self, session_id: int) -> int:
        """How many participants are in a session now."""
        room = self._rooms.get(session_id)
        return room.presence.connected if room else 0

    def typing(self, session_id: int, question_id: int | None) -> int:
        """How many participants are writing on a question of a session now."""
        room = self._rooms.get(session_id)
        return room.presence.typing_on(question_id) if room else 0

    def occupied(self) -> set[int]:
        """The sessions in which any screen is open now."""
        return {session_id for session_id, room in self._rooms.items() if room.connections}

    def open_sockets(self) -> int:
        """How many sockets are open, in all sessions together."""
        return sum(len(room.connections) for room in self._rooms.values())

    def note(self, session_id: int, seq: int, events: Sequence[Event]) -> None:
        """Listens to the bus."""
        self.of(session_id).note(seq, events)

    async def send_away(self, session_id: int | None, moderator_id: int) -> None:
        """Close the control rooms a moderator has open in a session that is not theirs now; None: in every one."""
        for room in [room for room in self._rooms.values() if session_id in (None, room.session_id)]:
            mine = [one for one in room.connections if one.moderator and one.moderator.id == moderator_id]
            await send_away(mine, NOT_ALLOWED)

    async def close_session(self, session_id: int) -> None:
        """Tell every screen of a session that was deleted that it is gone."""
        room = self._rooms.get(session_id)
        if room is not None:
            room.forget_drawings()
            await send_away(room.connections, GONE)

    async def end_signed_out(self, now: int) -> None:
        """Close the control rooms of moderators whose sign-in has ended, with the code on which a page says so.

        Also of those who don't lead the session any more: one that was just being opened was not there to be closed.
        """
        open_now = [(room.session_id, one) for room in self._rooms.values() for one in room.connections if one.sign_in]
        if not open_now:
            return
        async with self._database.reader() as db:
            valid = await people.still_signed_in(db, {str(one.sign_in) for _, one in open_now}, now)
            led = await sessions.led_now(db, {(at, one.moderator.id) for at, one in open_now if one.moderator})
        gone = [
            one
            for at, one in open_now
            if one.sign_in not in valid or (one.moderator and (at, one.moderator.id) not in led)
        ]
        await send_away(gone, NOT_ALLOWED)

    async def close(self) -> None:
        """Send everybody away with a code on which they come back."""
        for room in self._rooms.values():
            await room.close()
