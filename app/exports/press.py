"""Who waits for a large file: one is made at a time, and whoever asks for the same waits for the same."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass, field

from app.domain.report import Report
from app.exports.formats import Format
from app.exports.press_process import NotMade, PressProcess
from app.store import owner_settings
from app.store.owner_settings import OwnerSettings

# So that a page that says "it is ready" can hand it over, and a hall that asks for one report has it made once.
KEPT_SECONDS = 60.0
MOST_KEPT = 8
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """One file that somebody waits for. `readers` tells apart reports that hold more for some than for others."""

    chosen: Format
    report: Report
    language: str
    readers: str
    own: OwnerSettings
    made: asyncio.Future[bytes]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    has_begun: bool = False

    @property
    def purpose(self) -> tuple[int, str, str, str]:
        return (self.report.session_id, self.chosen.name, self.language, self.readers)

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

    def order(self, chosen: Format, report: Report, language: str, readers: str) -> Job:
        """The job that makes this file: one that is there already where it is the same. One that has not begun takes
        the newer report, so that however often somebody presses, a session has one waiting for each kind of file."""
        made: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        asked = Job(chosen, report, language, readers, owner_settings.current(), made)
        alike = [job for job in self._jobs if job.purpose == asked.purpose]
        for job in alike:
            if job.report == report and job.own == asked.own:
                return job
        for job in alike:
            if not job.has_begun:
                job.report, job.own = report, asked.own
                return job
        self._jobs.append(asked)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return asked

    def find(self, session_id: int, token: str) -> Job | None:
        """A job of this session; None when it was done too long ago."""
        return next((job for job in self._jobs if job.token == token and job.report.session_id == session_id), None)

    def ahead_of(self, job: Job) -> int:
        """How many are made before this one."""
        return sum(not other.made.done() for other in self._jobs[: self._jobs.index(job)])

    async def close(self) -> None:
        """End the process; whoever still waits is told that it was not made."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        self._process.end()
        for job in self._jobs:
            job.made.cancel()
        self._jobs.clear()

    async def _work(self) -> None:
        while (job := next((job for job in self._jobs if not job.has_begun), None)) is not None:
            job.has_begun = True
            try:
                made = await self._process.make(job.chosen, job.report, job.language, job.own)
            except NotMade as error:
                log.error("a report could not be made: %s", error)
                self._jobs.remove(job)
                job.made.set_exception(error)
                # Asked for here too: where all have hung up, nobody else would.
                job.made.exception()
            else:
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
