"""What goes on while nobody waits for it: ends with its page, and its own errors are not swallowed."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Coroutine
from typing import Any


class Background:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def finish(self) -> None:
        """Waits until nothing goes on any more."""
        await asyncio.gather(*self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # A fault of the simulation itself: without this the run would go on and look clean.
            raise SystemExit("".join(traceback.format_exception(error)))
