"""A session while people are in it: collects what is stale, and at each tick sends it as the same bytes to all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.events import BoardMoved, Event, PhaseChanged
from app.domain.presence import Presence
from app.live.connection import BEAT, GONE, NOT_ALLOWED, Connection
from app.live.presence import PresenceBook
from app.screens import refresh
from app.store import people, questions, sessions
from app.store.database import Database
from app.store.tables import ModerationSession

TICK_SECONDS = 0.1
COUNT_SECONDS = 1.0
COUNT_SECONDS_PHONE = 5.0
WHOLE_SCREEN_LASTS = 1.0
BEHIND_CLOSE_SECONDS = 30.0
SENDS_BEFORE_YIELDING = 50
log = logging.getLogger(__name__)


class Room:
    """All connections of one session in this process."""

    def __init__(self, session_id: int, database: Database) -> None:
        self.session_id = session_id
        self.presence = PresenceBook()
        self.connections: set[Connection] = set()
        self._database = database
        self._events: list[Event] = []
        self._tick: asyncio.Task[None] | None = None
        self._counting: asyncio.Task[None] | None = None
        self._wholes: dict[tuple[str, str], tuple[int, float, str]] = {}
        self._drawing = asyncio.Lock()
        self._closing = asyncio.Event()
        self._counts_sent: dict[tuple[str, str], str] = {}

    def note(self, events: Sequence[Event]) -> None:
        """Remember what happened; the next tick tells everybody."""
        for event in events:
            if isinstance(event, PhaseChanged):
                self.presence.began(event.question_id)
            if isinstance(event, BoardMoved) and event.deed:
                self.presence.did(event.deed)
        self.presence.changed = True
        if not self.connections:
            return
        self._events.extend(event for event in events if event.raises_seq)
        if self._events and (self._tick is None or self._tick.done()):
            self._tick = asyncio.create_task(self._tick_soon())

    async def enter(self, connection: Connection, since: int | None) -> None:
        """Let a socket in, and bring it up to date when it has missed something.

        Who has missed nothing hears that too, at once: some proxies open a socket and let nothing through it.
        """
        self.connections.add(connection)
        if connection.participant:
            self.presence.arrived(connection.participant)
        if connection.moderator:
            self.presence.opened_control_room(connection.moderator)
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(self._count_on())
        # Ticks before the first whole screen are missed on purpose: that screen could be older and would undo them.
        seq, text = await self.whole(connection.screen, connection.language)
        connection.has_entered = True
        # That drawing may be a second old; counts are told again.
        self._counts_sent.pop((connection.screen, connection.language), None)
        self.presence.changed = True
        connection.send(BEAT if since == seq else text)

    def leave(self, connection: Connection) -> None:
        self.connections.discard(connection)
        if connection.participant:
            self.presence.left(connection.participant)
        if connection.moderator:
            self.presence.closed_control_room(connection.moderator)

    async def close(self) -> None:
        """Stop ticking, so that nothing asks a closed database, and send everybody away.

        The ticks end by themselves: cancelled in the middle of a query they would leave its connection open.
        """
        self._closing.set()
        await asyncio.gather(*(task for task in (self._tick, self._counting) if task is not None))
        await _close(self.connections, 1012)

    async def whole(self, screen: str, language: str) -> tuple[int, str]:
        """The seq and the whole screen as a push: one rendering for all who return within the same second."""
        async with self._drawing, self._database.reader() as db:
            session = await self._session(db)
            seq, drawn_at, text = self._wholes.get((screen, language), (-1, 0.0, ""))
            if seq != session.seq or time.monotonic() - drawn_at > WHOLE_SCREEN_LASTS:
                presence = await self._presence(db, session)
                text = (await refresh.draw_whole(db, screen, session, [language], presence))[language]
                self._wholes[screen, language] = (session.seq, time.monotonic(), text)
            return session.seq, text

    async def _tick_soon(self) -> None:
        while self._events and not await self._closes_within(TICK_SECONDS):
            events, self._events = self._events, []
            try:
                await self._tell(events)
            except Exception:
                log.exception("a tick failed; everybody gets the whole screen at the next one")
                for connection in self.connections:
                    connection.is_behind = True

    async def _closes_within(self, seconds: float) -> bool:
        """Wait, unless the server stops."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        return self._closing.is_set()

    async def _tell(self, events: Sequence[Event]) -> None:
        async with self._database.reader() as db:
            session = await self._session(db)
            presence = await self._presence(db, session)
            for screen, languages in self._audience().items():
                drawn = await refresh.draw_changes(db, screen, session, languages, presence, events)
                if drawn:
                    await self._send(screen, drawn)

    async def _send(self, screen: str, drawn: dict[str, str]) -> None:
        sent = 0
        for connection in list(self.connections):
            if connection.screen == screen and connection.language in drawn:
                connection.send(drawn[connection.language])
                sent += 1
                if sent % SENDS_BEFORE_YIELDING == 0:
                    await asyncio.sleep(0)

    def _audience(self) -> dict[str, list[str]]:
        languages: dict[str, set[str]] = {}
        for connection in self.connections:
            languages.setdefault(connection.screen, set()).add(connection.language)
        return {screen: sorted(some) for screen, some in languages.items()}

    async def _count_on(self) -> None:
        """Counts have their own slow tick, and whoever fell behind is helped up."""
        beat = 0
        while self.connections and not await self._closes_within(COUNT_SECONDS):
            beat += 1
            try:
                await self._help_up()
                if self.presence.changed:
                    self.presence.changed = beat % int(COUNT_SECONDS_PHONE / COUNT_SECONDS) != 0
                    await self._send_counts(phones=not self.presence.changed)
            except Exception:
                log.exception("a count failed")

    async def _send_counts(self, phones: bool) -> None:
        async with self._database.reader() as db:
            session = await self._session(db)
            presence = await self._presence(db, session)
            for screen, languages in self._audience().items():
                if screen == "phone" and (not phones or session.current_question_id is not None):
                    continue
                names = refresh.SCREENS[screen].COUNTS
                drawn = await refresh.draw_fragments(db, screen, session, languages, presence, names)
                fresh = {
                    language: text
                    for language, text in drawn.items()
                    if self._counts_sent.get((screen, language)) != text
                }
                self._counts_sent.update({(screen, language): text for language, text in fresh.items()})
                await self._send(screen, fresh)

    async def _help_up(self) -> None:
        for connection in list(self.connections):
            if not connection.is_behind:
                continue
            if connection.is_free:
                connection.is_behind = False
                connection.send((await self.whole(connection.screen, connection.language))[1])
            elif time.monotonic() - connection.sent_at > BEHIND_CLOSE_SECONDS and connection.sending:
                connection.sending.cancel()
                # 1012 is a code on which clients come back by themselves.
                await connection.socket.close(1012)

    async def _session(self, db: AsyncSession) -> ModerationSession:
        session = await sessions.by_id(db, self.session_id)
        if session is None or session.deleted_at is not None:
            raise LookupError(f"session {self.session_id} is gone")
        return session

    async def presence_now(self, db: AsyncSession) -> Presence:
        """The counts for where the session is now, for a page."""
        return await self._presence(db, await self._session(db))

    async def _presence(self, db: AsyncSession, session: ModerationSession) -> Presence:
        question = session.current_question_id
        vote = await questions.last_round(db, question) if question is not None else None
        return self.presence.counts(question, vote.id if vote else None)


class Rooms:
    """The rooms of this process by session."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rooms: dict[int, Room] = {}

    def of(self, session_id: int) -> Room:
        """The room of a session; made when it is first asked for."""
        return self._rooms.setdefault(session_id, Room(session_id, self._database))

    def connected(self, session_id: int) -> int:
        """How many participants are in a session now."""
        room = self._rooms.get(session_id)
        return room.presence.counts(None, None).connected if room else 0

    def typing(self, session_id: int, question_id: int | None) -> int:
        """How many participants are writing on a question of a session now."""
        room = self._rooms.get(session_id)
        return room.presence.typing_on(question_id) if room else 0

    def occupied(self) -> set[int]:
        """The sessions in which any screen is open now."""
        return {session_id for session_id, room in self._rooms.items() if room.connections}

    def note(self, session_id: int, seq: int, events: Sequence[Event]) -> None:
        """Listens to the bus."""
        self.of(session_id).note(events)

    async def send_away(self, session_id: int | None, moderator_id: int) -> None:
        """Close the control rooms a moderator has open in a session that is not theirs now; None: in every one."""
        for room in [room for room in self._rooms.values() if session_id in (None, room.session_id)]:
            mine = [one for one in room.connections if one.moderator and one.moderator.id == moderator_id]
            await _close(mine, NOT_ALLOWED)

    async def close_session(self, session_id: int) -> None:
        """Tell every screen of a session that was deleted that it is gone."""
        room = self._rooms.get(session_id)
        if room is not None:
            await _close(room.connections, GONE)

    async def end_signed_out(self, now: int) -> None:
        """Close the control rooms of moderators whose sign-in has ended, with the code on which a page says so."""
        open_now = [one for room in self._rooms.values() for one in room.connections if one.sign_in]
        if not open_now:
            return
        async with self._database.reader() as db:
            valid = await people.still_signed_in(db, {str(one.sign_in) for one in open_now}, now)
        await _close([one for one in open_now if one.sign_in not in valid], NOT_ALLOWED)

    async def close(self) -> None:
        """Send everybody away with a code on which they come back."""
        for room in self._rooms.values():
            await room.close()


async def _close(connections: Iterable[Connection], code: int) -> None:
    for connection in list(connections):
        with contextlib.suppress(RuntimeError, OSError):
            await connection.socket.close(code)
