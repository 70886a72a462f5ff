"""The one writer: all waiting commands in one transaction; commit; only then answer and announce."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError, SQLAlchemyError, StatementError
from sqlmodel.ext.asyncio.session import AsyncSession

from app.bus import Bus
from app.commands import ballots, participants, proposals, redaction, statements
from app.commands.forgetting import Forgetting
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.trouble import StorageFailed, Storing
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.trouble import Trouble
from app.store import sessions
from app.store.database import Database
from app.store.database import Overloaded as Overloaded
from app.store.tables import ModerationSession

Command = Callable[..., Awaitable[Outcome]]
Plural = Callable[..., Awaitable[list[Outcome | Exception]]]
log = logging.getLogger(__name__)

# Commands of which hundreds arrive at once: one bulk insert for all that wait.
HOT: dict[Command, Plural] = {
    statements.submit: statements.submit_all,
    ballots.allocate: ballots.allocate_all,
    participants.join: participants.join_all,
}
# What participants do and no screen is told: counted, it would show when somebody touched a phone.
UNTOLD: frozenset[Command] = frozenset({proposals.propose, redaction.ask})
MOST_WAITING = 10_000
MOST_AT_ONCE = 200
STOP_SECONDS = 3.0
# While many write, transactions begin so far apart: each is shared by more of them, and a lone one costs as much.
GATHER_SECONDS = 0.02
REST_SECONDS = 1.0
PERSONS_NO = (Refusal, ConfirmationNeeded)
# What one command brought about by its own values; any other error of the database concerns everybody.
OWN_ERRORS = (IntegrityError, DataError, ProgrammingError, InterfaceError)


class Stopping(Overloaded):
    """The server stops, most often to start again at once; nothing was taken."""


@dataclass
class Waiting:
    """A command that waits for its transaction."""

    command: Command
    session_id: int | None
    arguments: dict[str, Any]
    answered: asyncio.Future[Any]
    outcome: Outcome | Exception | None = field(default=None)


class Writer:
    """Takes commands, writes them in order, answers after the commit."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self.database = database
        self.batches = OpenBatches()
        self.storing = Storing(database.path.parent)
        self.forgetting = Forgetting(database)
        self._bus = bus
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue(MOST_WAITING)
        self._accepts = True
        self._wrote_at = 0.0
        self.changes = 0
        """How many transactions did more than take in what participants send."""
        self.changes_of: Counter[int | None] = Counter()
        """The same by session, a command each; none of those that nobody is told of."""

    async def run(self, command: Command, session_id: int | None = None, **arguments: Any) -> Any:
        """Wait for a command's commit and return its answer.

        Raises Refusal or ConfirmationNeeded from the command, Overloaded or Stopping when it was not taken,
        StorageFailed when it could not be written.
        """
        waiting = Waiting(command, session_id, arguments, asyncio.get_running_loop().create_future())
        if not self._accepts:
            raise Stopping
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull:
            raise Overloaded from None
        # Shielded: a client that hangs up must not cancel what may already be in a transaction.
        return await asyncio.shield(waiting.answered)

    async def serve(self) -> None:
        """Write for ever; ends when cancelled after `stop`."""
        next_turn = 0.0
        while True:
            batch = [await self._queue.get()]
            if (pause := next_turn - monotonic()) > 0:
                await asyncio.sleep(pause)
            began = monotonic()
            while len(batch) < MOST_AT_ONCE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._write(batch)
            self._wrote_at = monotonic()
            # Whoever is alone never waits.
            next_turn = began + GATHER_SECONDS if len(batch) > 1 else 0.0
            for _ in batch:
                self._queue.task_done()

    def has_rested(self) -> bool:
        """Whether nothing was written for a while."""
        return self._queue.empty() and monotonic() - self._wrote_at > REST_SECONDS

    async def stop(self) -> None:
        """Take nothing more, and wait until everything taken is written; what takes too long is told to come back."""
        self._accepts = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self._queue.join()
        for waiting in self._take_waiting():
            waiting.outcome = Stopping()
            _answer(waiting)
            self._queue.task_done()

    @property
    def is_stopping(self) -> bool:
        return not self._accepts

    def _take_waiting(self) -> list[Waiting]:
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]

    async def _write(self, batch: list[Waiting]) -> None:
        seqs: dict[int, int] = {}
        try:
            async with self.database.writer() as db, db.begin():
                for (session_id, command, _), group in groupby(batch, key=_group):
                    await self._run_group(db, session_id, command, list(group), seqs)
        except Exception as error:
            await self._fail(batch, error)
            return
        self.storing.worked()
        self.batches.pens.commit()
        self.changes += any(waiting.command not in HOT for waiting in batch)
        told = (waiting for waiting in batch if waiting.command not in HOT and waiting.command not in UNTOLD)
        self.changes_of.update(waiting.session_id for waiting in told)
        for waiting in batch:
            _answer(waiting)
        try:
            self._announce(batch, seqs)
        except Exception:
            # What is stored is stored; a screen that missed it shows it at its next whole drawing.
            log.exception("a change could not be announced")
        if any(isinstance(waiting.outcome, Outcome) and waiting.outcome.wipes_order for waiting in batch):
            await self.forget_order(now=True)

    async def _run_group(
        self, db: AsyncSession, session_id: int | None, command: Command, group: list[Waiting], seqs: dict[int, int]
    ) -> None:
        plural = HOT.get(command)
        if plural is None or session_id is None:
            for waiting in group:
                await self._run_one(db, waiting, seqs)
            return
        mark = self.batches.pens.mark()
        try:
            async with db.begin_nested():
                session = await self._session(db, session_id)
                arguments = [waiting.arguments for waiting in group]
                outcomes = await plural(db, session, arguments, self.batches)
                self._raise_seq(session, outcomes, seqs)
            for waiting, outcome in zip(group, outcomes, strict=True):
                waiting.outcome = outcome
        except PERSONS_NO as refusal:
            for waiting in group:
                waiting.outcome = refusal
        except Exception as error:
            if not _is_own_error(error):
                raise
            # One person's error must be only theirs: each again, alone.
            self.batches.forget(session_id)
            self.batches.pens.roll_back(mark)
            for waiting in group:
                await self._run_one(db, waiting, seqs)

    async def _run_one(self, db: AsyncSession, waiting: Waiting, seqs: dict[int, int]) -> None:
        mark = self.batches.pens.mark()
        try:
            async with db.begin_nested():
                if waiting.session_id is None:
                    waiting.outcome = await waiting.command(db, **waiting.arguments)
                    return
                session = await self._session(db, waiting.session_id)
                # A command sees the seq that its own change will have, to write it beside what it changes.
                session.seq += 1
                outcome = await waiting.command(db, session, batches=self.batches, **waiting.arguments)
                if not outcome.raises_seq:
                    session.seq -= 1
                seqs[waiting.session_id] = session.seq
                waiting.outcome = outcome
        except PERSONS_NO as refusal:
            self.batches.pens.roll_back(mark)
            waiting.outcome = refusal
        except Exception as error:
            if not _is_own_error(error):
                raise
            self.batches.pens.roll_back(mark)
            log.exception("a command failed", extra={"command": waiting.command.__name__})
            waiting.outcome = error

    def _raise_seq(
        self, session: ModerationSession, outcomes: Sequence[Outcome | Exception], seqs: dict[int, int]
    ) -> None:
        if any(isinstance(outcome, Outcome) and outcome.raises_seq for outcome in outcomes):
            session.seq += 1
        seqs[int(session.id or 0)] = session.seq

    async def _session(self, db: AsyncSession, session_id: int) -> ModerationSession:
        # Flushed before it is read anew: an earlier command of this transaction may have changed it.
        await db.flush()
        db.expunge_all()
        session = await sessions.by_id(db, session_id)
        if session is None:
            raise Refusal(Reason.SESSION_NOT_OPEN)
        return session

    async def _fail(self, batch: list[Waiting], error: Exception) -> None:
        """The whole transaction was rolled back, so nobody may be told that theirs was stored."""
        self.batches.pens.roll_back()
        trouble = await self.storing.failed(error)
        is_storage = trouble is not None or isinstance(error, SQLAlchemyError)
        if trouble is None:
            log.error("the transaction failed", exc_info=error)
        elif trouble is Trouble.LOCKED:
            # Each further batch would wait as long for the same lock, and those behind it longer and longer.
            batch += self._take_waiting()
        for waiting in batch:
            if waiting.session_id is not None:
                self.batches.forget(waiting.session_id)
            waiting.outcome = StorageFailed(trouble or Trouble.BROKEN) if is_storage else error
            _answer(waiting)

    def _announce(self, batch: list[Waiting], seqs: dict[int, int]) -> None:
        for session_id in dict.fromkeys(waiting.session_id for waiting in batch):
            if session_id is None:
                continue
            mine = [waiting.outcome for waiting in batch if waiting.session_id == session_id]
            events = [event for outcome in mine if isinstance(outcome, Outcome) for event in outcome.events]
            if events:
                self._bus.announce(session_id, seqs[session_id], events)

    async def forget_order(self, now: bool = False) -> None:
        """Make the disk forget the order of arrival, now or if it still has to; the rounds try again what fails."""
        await self.forgetting.forget(now)


def _is_own_error(error: Exception) -> bool:
    """Whether only the command that raised it fails; otherwise the whole transaction does."""
    if not isinstance(error, SQLAlchemyError | OSError):
        return True
    return isinstance(error, OWN_ERRORS) or type(error) is StatementError


def _group(waiting: Waiting) -> tuple[int | None, Command, int]:
    return waiting.session_id, waiting.command, 0 if waiting.command in HOT else id(waiting)


def _answer(waiting: Waiting) -> None:
    if waiting.answered.done():
        return
    if isinstance(waiting.outcome, Outcome):
        waiting.answered.set_result(waiting.outcome.answer)
    else:
        waiting.answered.set_exception(waiting.outcome or RuntimeError("the command was not run"))
        waiting.answered.exception()
