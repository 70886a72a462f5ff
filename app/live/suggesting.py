"""Keeps the suggestions for a session's board up to date: beside the room's work, some time after each change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic

from app.domain.events import BoardMoved, Event, LateStatementsReleased, PhaseChanged, SessionEnded, SuggestionIgnored
from app.domain.ignored import Ignored
from app.domain.phases import Phase
from app.domain.suggested import Place, Suggested, statements_in, still_open
from app.live.aside import Aside
from app.store import sessions, statements, suggestions, themes
from app.store.database import Database
from app.suggestions.embeddings import Embeddings
from app.suggestions.hints import KnownTheme, LooseStatement
from app.suggestions.whole_board import Finder, TextsOnBoard

# Moves that follow each other faster are waited for together.
PAUSE_SECONDS = 0.4
# Who polls instead of listening has asked again by then.
NEWS_LASTS = 8.0
CHANGES_BOARD = (BoardMoved, LateStatementsReleased, PhaseChanged, SessionEnded, SuggestionIgnored)
ENDS_BOARD = (PhaseChanged, SessionEnded)
log = logging.getLogger(__name__)

Tell = Callable[[Suggested | None, int, tuple[int | None, ...]], Awaitable[None]]


class Suggesting:
    """For one session: `tell(suggested, question, places)` hears what was found, and where something else stands now.

    It never computes twice at once, nor for a board that it computed for already; what comes back for a phase that is
    over is dropped. Nothing of it is stored.
    """

    def __init__(
        self, session_id: int, database: Database, aside: Aside, embeddings: Embeddings | None, tell: Tell
    ) -> None:
        self._session_id = session_id
        self._database = database
        self._aside = aside
        self._embeddings = embeddings
        self._tell = tell
        self._work: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()
        self._is_stale = False
        self._boards_ended = 0
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what people wrote in memory; what is being computed is dropped when it comes."""
        self._boards_ended += 1
        self._finder = Finder(self._embeddings)
        self._board: TextsOnBoard | None = None
        self._suggested: Suggested | None = None
        self._shown: dict[int | None, Place] = {}
        self._told_source = ("", "")
        self._lately: dict[int | None, float] = {}

    def note(self, events: Sequence[Event]) -> None:
        """Something happened in the session: what it may have taken off a screen is told again."""
        if any(isinstance(event, ENDS_BOARD) for event in events):
            self.forget()
        for event in events:
            if isinstance(event, BoardMoved):
                self._forget_shown(event)
            if isinstance(event, SuggestionIgnored):
                for place in event.places:
                    self._shown.pop(place, None)
        if any(isinstance(event, CHANGES_BOARD) for event in events):
            self.wake()

    def _forget_shown(self, moved: BoardMoved) -> None:
        keys = set(moved.statements)
        for place, shown in list(self._shown.items()):
            if place in moved.themes or keys & statements_in(shown):
                del self._shown[place]

    def lately(self) -> tuple[int | None, ...]:
        """The places where something else stands since a moment ago, for who has no socket to hear it over."""
        since = monotonic() - NEWS_LASTS
        self._lately = {place: at for place, at in self._lately.items() if at > since}
        return tuple(self._lately)

    def tell_again(self) -> None:
        """Somebody came who may have been drawn a page before the last news."""
        self._shown.clear()
        self.wake()

    def wake(self) -> None:
        """Look at the board, after a while in which more may change."""
        self._is_stale = True
        if not self._closing.is_set() and (self._work is None or self._work.done()):
            self._work = asyncio.create_task(self._keep_up())

    async def close(self) -> None:
        """Look no more; what a thread still computes or waits for is not waited for."""
        self._closing.set()
        if self._work is not None:
            await asyncio.gather(self._work, return_exceptions=True)

    async def _keep_up(self) -> None:
        while self._is_stale:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), PAUSE_SECONDS)
                return
            self._is_stale = False
            try:
                await self._look()
            except Exception:
                log.exception("no suggestions could be made; they are tried again at the next change")

    async def _look(self) -> None:
        ended = self._boards_ended
        read = await self._read()
        if read is None:
            self.forget()
            return await self._tell(None, 0, ())
        board, ignored = read
        if board != self._board:
            found = await self._find(board)
            if found is None or ended != self._boards_ended:
                return None
            self._board, self._suggested = board, found
        return await self._tell_changes(board, ignored)

    async def _find(self, board: TextsOnBoard) -> Suggested | None:
        """What is suggested, from beside the room's work; None when the server stops first."""
        finding = asyncio.ensure_future(self._aside.run(partial(self._finder.find, board)))
        closing = asyncio.ensure_future(self._closing.wait())
        await asyncio.wait({finding, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if finding.done():
            return finding.result()
        finding.cancel()
        return None

    async def _tell_changes(self, board: TextsOnBoard, ignored: frozenset[Ignored]) -> None:
        assert self._suggested is not None
        loose = {statement.id for statement in board.loose}
        now = still_open(self._suggested, loose, {theme.id for theme in board.themes}, ignored).by_place()
        before, source = self._shown, (self._suggested.source, self._suggested.trouble)
        changed = {place for place in now.keys() | before.keys() if now.get(place) != before.get(place)}
        if source != self._told_source:
            changed.add(None)
        self._shown, self._told_source = now, source
        self._lately.update(dict.fromkeys(changed, monotonic()))
        await self._tell(self._suggested, board.question_id, tuple(changed))

    async def _read(self) -> tuple[TextsOnBoard, frozenset[Ignored]] | None:
        """The board as it is now, and what is not to be suggested; None where none is being clustered."""
        async with self._database.reader() as db:
            session = await sessions.by_id(db, self._session_id)
            question = await sessions.current_question(db, session) if session else None
            if question is None or question.phase != Phase.CLUSTER:
                return None
            question_id = int(question.id or 0)
            under: dict[int | None, list[LooseStatement]] = {}
            for row in await statements.released(db, question_id):
                under.setdefault(row.theme_id, []).append(LooseStatement(row.id, row.text))
            known = tuple(
                KnownTheme(int(theme.id or 0), theme.name, tuple(one.text for one in under.get(theme.id, ())))
                for theme in await themes.of_question(db, question_id)
            )
            board = TextsOnBoard(question_id, tuple(under.get(None, ())), known)
            return board, await suggestions.ignored(db, question_id)
