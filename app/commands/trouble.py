"""Whether the database takes writes now; who is told when that changes, and the trying until it does again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain.trouble import Trouble
from app.store.causes import touch, trouble_in, trouble_of

TRY_SECONDS = 1.0
# A disk with room for a small write and none for a larger one would otherwise come and go with every other write.
CALM_SECONDS = 2.0
# A page that asks every two seconds has asked several times by then.
NEWS_SECONDS = 10.0
Listener = Callable[[Trouble | None], None]
log = logging.getLogger(__name__)


class StorageFailed(Exception):
    """The database could not be written: nothing of this command was stored, and nothing was lost."""

    def __init__(self, trouble: Trouble = Trouble.BROKEN) -> None:
        super().__init__(f"nothing can be stored: {trouble}")
        self.trouble = trouble


class Storing:
    """What is in the way of storing, if anything; one line in the log when that begins, and one when it ends."""

    def __init__(self, folder: Path) -> None:
        self.trouble: Trouble | None = None
        self._folder = folder
        self._listeners: list[Listener] = []
        self._began = self._failed_at = self._found_at = 0.0
        self._ended_at = -NEWS_SECONDS
        self._is_failing = asyncio.Event()

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    async def failed(self, error: BaseException) -> Trouble | None:
        """A transaction failed, or a page could not be read; what is in the way.

        None when the error has nothing to do with the disk or the lock, which then is a bug.
        """
        # In a thread: to tell some errors apart the disk is tried, which may just then be a slow one; and not for
        # each of a thousand pages that can't be read.
        is_fresh = time.monotonic() - self._found_at < TRY_SECONDS
        trouble = await asyncio.to_thread(trouble_of, error, self._folder, self.trouble if is_fresh else None)
        if not is_fresh:
            self._found_at = time.monotonic()
        if trouble is None:
            return None
        self._failed_at = time.monotonic()
        if self.trouble is None:
            self._began = self._failed_at
        if trouble is not self.trouble:
            log.error("nothing can be stored: %s; what was acknowledged is safe, and it is tried again", trouble)
            self._change(trouble)
        return trouble

    @property
    def is_news(self) -> bool:
        """Whether something is in the way, or was until just now."""
        return self.trouble is not None or time.monotonic() - self._ended_at < NEWS_SECONDS

    def worked(self) -> None:
        """Something was stored."""
        now = time.monotonic()
        if self.trouble is None or now - self._failed_at < CALM_SECONDS:
            return
        self._ended_at = now
        log.warning("storing works again, after %s seconds", round(now - self._began))
        self._change(None)

    async def keep_trying(self, run: Callable[..., Awaitable[object]]) -> None:
        """For ever: while something is in the way, write a little now and then, so that it ends without anybody."""
        while True:
            await self._is_failing.wait()
            await asyncio.sleep(TRY_SECONDS)
            # Four kilobytes may fit where the next statements would not.
            if self.trouble is Trouble.FULL and await asyncio.to_thread(trouble_in, self._folder) is not None:
                self._failed_at = time.monotonic()
                continue
            try:
                await run(write_a_little)
            except Exception as error:
                log.debug("still not: %s", type(error).__name__)

    def _change(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        if trouble:
            self._is_failing.set()
        else:
            self._is_failing.clear()
        for listener in self._listeners:
            listener(trouble)


async def write_a_little(db: AsyncSession) -> Outcome:
    """The smallest command there is."""
    await touch(db)
    return Outcome()
