"""A session while people are in it: collects what is stale, and at each tick sends it as the same bytes to all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from time import monotonic, time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.events import BoardMoved, Event, PhaseChanged, SuggestionsFound
from app.domain.presence import Presence
from app.domain.suggested import Suggested
from app.live.aside import Aside
from app.live.audience import Audience
from app.live.closing import finish, send_away
from app.live.connection import BEAT, COME_BACK, Connection
from app.live.delivery import Delivery
from app.live.news import News
from app.live.presence import PresenceBook
from app.live.suggesting import Suggesting
from app.live.whole_screens import WholeScreens
from app.screens import refresh
from app.store import questions, sessions
from app.store.database import Database
from app.store.tables import ModerationSession
from app.suggestions.embeddings import Embeddings

TICK_SECONDS = 0.1
COUNT_SECONDS = 1.0
COUNT_SECONDS_PHONE = 5.0
log = logging.getLogger(__name__)


class Room:
    """All connections of one session in this process."""

    def __init__(self, session_id: int, database: Database, aside: Aside, embeddings: Embeddings | None = None) -> None:
        self.session_id = session_id
        self.presence = PresenceBook()
        self.audience = Audience()
        self._delivery = Delivery(self.audience, self.whole)
        self._database = database
        self._events: list[Event] = []
        self._news = News()
        self._tick: asyncio.Task[None] | None = None
        self._ticked_at = -TICK_SECONDS
        self._counting: asyncio.Task[None] | None = None
        self._wholes = WholeScreens()
        self._drawing = asyncio.Lock()
        self._closing = asyncio.Event()
        self._counts_sent: dict[tuple[str, str], str] = {}
        self.suggesting = Suggesting(session_id, database, aside, embeddings, self._suggest)

    @property
    def connections(self) -> set[Connection]:
        """Every open socket of this session."""
        return self.audience.everybody

    def note(self, seq: int, events: Sequence[Event]) -> None:
        """Remember what happened; the next tick tells everybody."""
        self._wholes.seq = max(self._wholes.seq or 0, seq)
        for event in events:
            if isinstance(event, PhaseChanged):
                self.presence.began(event.question_id)
            if isinstance(event, BoardMoved) and event.deed:
                self.presence.did(event.deed)
        self.presence.changed = True
        self.suggesting.note(events)
        raising = [event for event in events if event.raises_seq]
        self._news.add(seq, raising)
        if not self.connections:
            self._news.told = seq
            return
        self._events.extend(raising)
        self._tick_soon()

    def _tick_soon(self) -> None:
        if self._events and (self._tick is None or self._tick.done()):
            self._tick = asyncio.create_task(self._tick_on())

    async def enter(self, connection: Connection, since: int | None) -> None:
        """Let a socket in, and bring it up to date when it has missed something.

        Who has missed nothing hears that too, at once: some proxies open a socket and let nothing through it.
        """
        self.audience.add(connection)
        if connection.participant:
            self.presence.arrived(connection.participant)
        if connection.moderator:
            self.presence.opened_control_room(connection.moderator)
        if connection.screen == "control_room":
            self.suggesting.tell_again()
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(self._count_on())
        # Ticks before the first whole screen are missed on purpose: that screen could be older and would undo them.
        seq, text = self._wholes.seq, BEAT
        if since is None or since != seq:
            seq, text = await self.whole(connection.screen, connection.language)
        connection.has_entered = True
        # That drawing may be older than the last counts; they are told again.
        self._counts_sent.pop((connection.screen, connection.language), None)
        self.presence.changed = True
        self._delivery.give(connection, BEAT if since == seq else text)
        if connection.is_behind:
            self._delivery.help_up(connection)

    def leave(self, connection: Connection) -> None:
        self.audience.discard(connection)
        if connection.participant:
            self.presence.left(connection.participant)
        if connection.moderator:
            self.presence.closed_control_room(connection.moderator)
        if connection.catching_up is not None:
            connection.catching_up.cancel()
        if not self.connections:
            self.forget_drawings()

    def forget_drawings(self) -> None:
        """Keep no screen of a session in memory; the next one is drawn from what is stored."""
        self._wholes = WholeScreens()
        self._counts_sent.clear()
        self.suggesting.forget()
        self.presence.suggested = None

    async def close(self) -> None:
        """Stop ticking, so that nothing asks a closed database, and send everybody away.

        The ticks end by themselves: cancelled in the middle of a query they would leave its connection open.
        """
        self._closing.set()
        ticking = [task for task in (self._tick, self._counting) if task is not None]
        await asyncio.gather(*ticking, return_exceptions=True)
        await self.suggesting.close()
        await finish(one.catching_up for one in self.connections if one.catching_up is not None)
        await send_away(self.connections, COME_BACK)

    async def whole(self, screen: str, language: str) -> tuple[int, str]:
        """The seq and the whole screen as a push: one drawing for all who ask for it while it is new."""
        kept = self._wholes.kept(screen, language)
        if kept is not None:
            return kept
        async with self._drawing:
            kept = self._wholes.kept(screen, language)
            if kept is not None:
                return kept
            async with self._reading() as (db, session, presence):
                drawn = await self._draw_whole(db, screen, session, [language], presence)
            return session.seq, drawn[language]

    async def news(self, screen: str, language: str, since: int, also: Sequence[Event] = ()) -> tuple[int, str]:
        """The seq and what a page drawn at `since` lacks, as a push, or the whole screen when nobody knows any more.

        Everything since then, and not only the last change: an answer may overtake what the socket brings, which the
        page then takes for old. `also` is drawn as if it had happened: what a page may show otherwise than it is.
        """
        missed = self._news.since(since)
        if missed is None or refresh.is_stale_as_a_whole(screen, missed):
            return await self.whole(screen, language)
        seq = self._news.newest or 0
        return seq, await self._changes(screen, language, [*missed, *also], seq)

    async def suggested_lately(self, language: str, seq: int) -> str:
        """Suggestions that were found a moment ago, as a push at `seq` for a control room that polls; often none."""
        places, found = self.suggesting.lately(), self.presence.suggested
        if not places or found is None:
            return ""
        return await self._changes("control_room", language, [SuggestionsFound(found.question_id, places)], seq)

    async def _changes(self, screen: str, language: str, events: Sequence[Event], seq: int) -> str:
        async with self._reading() as (db, session, presence):
            drawn = await refresh.draw_changes(db, screen, session, [language], presence, events, seq)
        return drawn.get(language, "")

    async def _suggest(self, suggested: Suggested | None, question_id: int, places: tuple[int | None, ...]) -> None:
        """Others are suggested now: whatever is drawn from here on has them, and who shows the board hears of it."""
        async with self._drawing:
            self.presence.suggested = suggested
            if places:
                self._wholes.drop_screen("control_room")
        if places and self.connections:
            self._events.append(SuggestionsFound(question_id, places))
            self._tick_soon()

    async def _tick_on(self) -> None:
        """The first change after some quiet is told at once; those that follow wait for the next tick."""
        while self._events and not await self._closes_within(self._ticked_at + TICK_SECONDS - monotonic()):
            events, self._events, seq = self._events, [], self._news.newest
            try:
                # Phones first: who asks for a whole screen meanwhile waits, and finds what this tick has drawn.
                async with self._drawing:
                    await self._tell(events, seq)
            except Exception:
                log.exception("a tick failed; everybody gets the whole screen at the next count")
                for connection in self.connections:
                    connection.is_behind = True
            self._ticked_at = monotonic()

    async def _closes_within(self, seconds: float) -> bool:
        """Wait, unless the server stops."""
        if seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), seconds)
        return self._closing.is_set()

    async def _tell(self, events: Sequence[Event], seq: int | None) -> None:
        async with self._reading() as (db, session, presence):
            for screen, languages in self.audience.languages().items():
                drawn = await self._draw(db, screen, session, languages, presence, events, seq)
                for language, text in drawn.items():
                    await self._delivery.send(screen, language, text)
        self._news.told = seq

    async def _draw(
        self,
        db: AsyncSession,
        screen: str,
        session: ModerationSession,
        languages: Sequence[str],
        presence: Presence,
        events: Sequence[Event],
        seq: int | None,
    ) -> dict[str, str]:
        """What the events made stale, by language; whole screens are kept for who comes back."""
        if not refresh.is_stale_as_a_whole(screen, events):
            return await refresh.draw_changes(db, screen, session, languages, presence, events, seq)
        kept = {language: self._wholes.kept(screen, language) for language in languages}
        texts = {language: one[1] for language, one in kept.items() if one is not None and one[0] == session.seq}
        if missing := [language for language in languages if language not in texts]:
            texts |= await self._draw_whole(db, screen, session, missing, presence)
        return texts

    async def _draw_whole(
        self, db: AsyncSession, screen: str, session: ModerationSession, languages: Sequence[str], presence: Presence
    ) -> dict[str, str]:
        drawn = await refresh.draw_whole(db, screen, session, languages, presence)
        question = await sessions.current_question(db, session)
        self._wholes.keep(screen, session.seq, drawn, question is not None and questions.has_clock(question, time()))
        return drawn

    async def _count_on(self) -> None:
        """Counts have their own slow tick; it also breaks silences, and looks after those who are behind."""
        beat, has_failed = 0, False
        while self.connections and not await self._closes_within(COUNT_SECONDS):
            beat += 1
            try:
                await self._delivery.break_silences()
                if self.presence.changed:
                    self.presence.changed = beat % int(COUNT_SECONDS_PHONE / COUNT_SECONDS) != 0
                    await self._send_counts(phones=not self.presence.changed)
                has_failed = False
            except Exception:
                if not has_failed:
                    log.exception("a count failed; it is tried each second, and said again after one that worked")
                has_failed = True

    async def _send_counts(self, phones: bool) -> None:
        # Never between the drawing of a change and its sending, which a page would then take for old.
        async with self._drawing, self._reading() as (db, session, presence):
            for screen, languages in self.audience.languages().items():
                if screen == "phone" and (not phones or session.current_question_id is not None):
                    continue
                drawn = await refresh.draw_counts(db, screen, session, languages, presence, self._news.told)
                for language, text in drawn.items():
                    if self._counts_sent.get((screen, language)) == text:
                        continue
                    self._counts_sent[screen, language] = text
                    # It shows other counts than everybody else sees now.
                    self._wholes.drop(screen, language)
                    await self._delivery.send(screen, language, text)

    @contextlib.asynccontextmanager
    async def _reading(self) -> AsyncIterator[tuple[AsyncSession, ModerationSession, Presence]]:
        """The database, the session as it is stored now and the counts for where it is, for one drawing."""
        async with self._database.reader() as db:
            session = await self._session(db)
            yield db, session, await self._presence(db, session)

    async def _session(self, db: AsyncSession) -> ModerationSession:
        session = await sessions.existing(db, self.session_id)
        if session.deleted_at is not None:
            raise sessions.SessionGone(f"session {self.session_id} was deleted")
        self._news.begin(session.seq)
        return session

    async def presence_now(self, db: AsyncSession) -> Presence:
        """The counts for where the session is now, for a page."""
        return await self._presence(db, await self._session(db))

    async def _presence(self, db: AsyncSession, session: ModerationSession) -> Presence:
        question = session.current_question_id
        vote = await questions.last_round(db, question) if question is not None else None
        return self.presence.counts(question, vote.id if vote else None)
