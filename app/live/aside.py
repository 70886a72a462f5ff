"""Runs what computes or waits for long in a thread of its own, one thing at a time, beside everybody else's work."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
# A thread that computes gives way only so often: the usual 5 ms, at each step of a request that waits for it, add up.
GIVES_WAY_SECONDS = 0.0005


class Aside:
    """One for the server, so that however many sessions want something computed, one computes."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def run(self, act: Callable[[], Answer]) -> Answer:
        """What `act` gives or raises. Its thread is a daemon, so that a server that stops does not wait for it."""
        async with self._turn:
            usual = sys.getswitchinterval()
            sys.setswitchinterval(min(usual, GIVES_WAY_SECONDS))
            try:
                return await _in_thread(act)
            finally:
                sys.setswitchinterval(usual)


def _in_thread(act: Callable[[], Answer]) -> asyncio.Future[Answer]:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Answer] = loop.create_future()

    def tell(found: Answer | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found)  # type: ignore[arg-type]

    def work() -> None:
        found, failed = None, None
        try:
            found = act()
        except Exception as error:
            failed = error
        # Nobody listens any more once the loop is closed.
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, found, failed)

    threading.Thread(target=work, name="aside", daemon=True).start()
    return answer
