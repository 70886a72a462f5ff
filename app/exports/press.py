"""Who waits for a large file: one is made at a time, sessions take turns, who asks for the same waits for the same."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from app.domain.events import Event, StatementsRedacted
from app.exports.formats import Format
from app.exports.press_process import NotMade, PressProcess
from app.exports.press_worker import Wanted, Work

# So that a page that says "it is ready" can hand it over, and a hall that asks for one report has it made once.
KEPT_SECONDS = 60.0
MOST_KEPT = 8
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """One file that somebody waits for; `state` tells whether the session is still as it was when this was asked,
    `is_outdated` that something was left out of it while this was made."""

    chosen: Format
    wanted: Wanted
    state: Hashable
    made: asyncio.Future[bytes]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    has_begun: bool = False
    is_outdated: bool = False

    @property
    def purpose(self) -> tuple[int, str, str, bool, int | None]:
        """Two jobs with the same purpose differ in when they were asked for, and in nothing else."""
        wanted = self.wanted
        return (wanted.session_id, self.chosen.name, wanted.language, wanted.with_attendees, wanted.question)

    @property
    def waits(self) -> bool:
        return not self.has_begun and not self.made.done()

    @property
    def failure(self) -> BaseException | None:
        """Why it was not made; None when it was, or still may be."""
        return self.made.exception() if self.made.done() and not self.made.cancelled() else None

    async def within(self, seconds: float) -> bool:
        """Whether it is made, or failed, before that; whoever hangs up ends nothing."""
        await asyncio.wait([self.made], timeout=seconds)
        return self.made.done()


class Press:
    """The jobs of all sessions in the order in which they came; those that are done are kept for a moment.

    Sessions take turns: who asks for twenty pictures lets somebody who asks for one report wait for one of them.
    """

    def __init__(self) -> None:
        self._process = PressProcess()
        self._jobs: list[Job] = []
        self._working: asyncio.Task[None] | None = None
        # How many jobs had been begun when a session had its last turn.
        self._begun, self._last_turn = 0, dict[int, int]()

    async def make_between(self, work: Work) -> bytes:
        """Something small that nobody has to wait for, as soon as the file of now is made. Raises NotMade."""
        return await self._process.make(work)

    def order(self, chosen: Format, wanted: Wanted, state: Hashable) -> Job:
        """The job that makes this file: one that is there already, where it has not begun to read the session or the
        session is still the same. So however often somebody presses, one is made."""
        asked = Job(chosen, wanted, state, asyncio.get_running_loop().create_future())
        for job in self._jobs:
            if job.purpose != asked.purpose or job.failure is not None:
                continue
            if not job.has_begun:
                job.wanted, job.state = wanted, state
            if (job.state, job.wanted.own) == (state, wanted.own):
                return job
        self._jobs.append(asked)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return asked

    def find(self, session_id: int, token: str) -> Job | None:
        """A job of this session; None when it was done too long ago."""
        found = (job for job in self._jobs if job.token == token and job.wanted.session_id == session_id)
        return next(found, None)

    def note(self, session_id: int, _seq: int, events: Sequence[Event]) -> None:
        """Listens to the bus: what is left out of a session is in no file of it that is handed over from now on."""
        if not any(isinstance(event, StatementsRedacted) for event in events):
            return
        for job in [job for job in self._jobs if job.wanted.session_id == session_id]:
            job.is_outdated = job.has_begun
            if job.made.done():
                self._drop(job)

    def ahead_of(self, job: Job) -> int:
        """How many are made before this one, if nobody else comes."""
        if not job.waits:
            return 0
        is_one_made_now = any(other.has_begun and not other.made.done() for other in self._jobs)
        return is_one_made_now + self._in_turn().index(job)

    def _in_turn(self) -> list[Job]:
        """The jobs that wait: the first of every session, the one that has waited longest for its turn before; then
        the second of every session, and so on."""
        waiting = [job for job in self._jobs if job.waits]
        before: Counter[int] = Counter()
        turns: dict[Job, tuple[int, int]] = {}
        for job in waiting:
            session = job.wanted.session_id
            turns[job] = (before[session], self._last_turn.get(session, 0))
            before[session] += 1
        return sorted(waiting, key=turns.__getitem__)

    async def close(self) -> None:
        """End the process; whoever still waits is told that it was not made."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        await self._process.close()
        for job in self._jobs:
            job.made.cancel()
        self._jobs.clear()

    async def _work(self) -> None:
        while waiting := self._in_turn():
            job = waiting[0]
            self._begin(job)
            try:
                made = await self._process.make(job.wanted)
            except Exception as error:
                # Only the kind of any other error: its message may quote what somebody wrote.
                why = error if isinstance(error, NotMade) else NotMade(type(error).__name__)
                log.error("a report could not be made: %s", why)
                job.made.set_exception(why)
                # Asked for here too: where all have hung up, nobody else would.
                job.made.exception()
            else:
                if job.is_outdated:
                    # It may have been read before: made once more.
                    job.has_begun = False
                    continue
                job.made.set_result(made)
            self._keep_for_a_moment(job)

    def _begin(self, job: Job) -> None:
        job.has_begun, job.is_outdated = True, False
        self._begun += 1
        present = {one.wanted.session_id for one in self._jobs}
        self._last_turn = {session: turn for session, turn in self._last_turn.items() if session in present}
        self._last_turn[job.wanted.session_id] = self._begun

    def _keep_for_a_moment(self, done: Job) -> None:
        kept = [job for job in self._jobs if job.made.done()]
        for old in kept[:-MOST_KEPT]:
            self._drop(old)
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._drop, done)

    def _drop(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
