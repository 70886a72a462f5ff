"""Who waits for a large file: one is made at a time, and whoever asks for the same waits for the same."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from app.domain.events import Event, StatementsRedacted
from app.exports.formats import Format
from app.exports.press_process import NotMade, PressProcess
from app.exports.press_worker import Wanted

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

    async def within(self, seconds: float) -> bool:
        """Whether it is made, or failed, before that; whoever hangs up ends nothing."""
        await asyncio.wait([self.made], timeout=seconds)
        return self.made.done()


class Press:
    """The jobs of all sessions in the order in which they came; those that are done are kept for a moment."""

    def __init__(self) -> None:
        self._process = PressProcess()
        self._jobs: list[Job] = []
        self._working: asyncio.Task[None] | None = None

    def order(self, chosen: Format, wanted: Wanted, state: Hashable) -> Job:
        """The job that makes this file: one that is there already, where it has not begun to read the session or the
        session is still the same. So however often somebody presses, one is made."""
        asked = Job(chosen, wanted, state, asyncio.get_running_loop().create_future())
        for job in self._jobs:
            if job.purpose != asked.purpose:
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
        """How many are made before this one."""
        return sum(not other.made.done() for other in self._jobs[: self._jobs.index(job)])

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
        while (job := next((job for job in self._jobs if not job.has_begun), None)) is not None:
            job.has_begun, job.is_outdated = True, False
            try:
                made = await self._process.make(job.wanted)
            except Exception as error:
                # Only the kind of any other error: its message may quote what somebody wrote.
                why = error if isinstance(error, NotMade) else NotMade(type(error).__name__)
                log.error("a report could not be made: %s", why)
                self._jobs.remove(job)
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

    def _keep_for_a_moment(self, done: Job) -> None:
        kept = [job for job in self._jobs if job.made.done()]
        for old in kept[:-MOST_KEPT]:
            self._drop(old)
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._drop, done)

    def _drop(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
