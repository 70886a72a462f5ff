"""How often a password may be tried: guessing takes years, and the rightful owner is never locked out."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from app.domain.refusals import Reason, Refusal
from app.web.limits import network_of

WINDOW_SECONDS = 600.0
FREE_FOR_ACCOUNT, ACCOUNT_TURN_SECONDS = 10, 10.0
FREE_FROM_ADDRESS, ADDRESS_TURN_SECONDS = 30, 2.0
FREE_FROM_KNOWN_BROWSER = 10
LONGEST_WAIT_SECONDS = 25.0
MOST_IN_LINE = 50
# Above it, lines nobody used for a while are swept up.
MOST_LINES = 10_000


@dataclass(eq=False)
class _Waiting:
    group: str
    until: float
    turn: asyncio.Future[None]


@dataclass(eq=False)
class _Line:
    """Who tried of late, and who waits for a turn."""

    recent: deque[float] = field(default_factory=deque)
    waiting: list[_Waiting] = field(default_factory=list)
    next_turn: float = 0.0
    drawing: asyncio.Task[None] | None = None


class Gate:
    """Lets some through at once in ten minutes; after those one each `turn_seconds`, drawn by lot.

    A lot and not a line: whoever fills a line with guesses would keep everybody else out. It is drawn among groups
    first, so that a thousand guesses from one place have no better chance than one attempt from another.
    """

    def __init__(
        self,
        free: int,
        turn_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._free, self._turn_seconds = free, turn_seconds
        self._clock, self._sleep = clock, sleep
        self._lines: dict[str, _Line] = {}

    async def enter(self, key: str, group: str) -> None:
        """Wait for a turn. Raises Refusal(SIGN_IN_WAIT) for whom no lot was drawn in time."""
        line = self._line(key)
        if not line.waiting and len(line.recent) < self._free:
            line.recent.append(self._clock())
            return
        waiting = _Waiting(group, self._clock() + LONGEST_WAIT_SECONDS, asyncio.get_running_loop().create_future())
        line.waiting.append(waiting)
        if len(line.waiting) > MOST_IN_LINE:
            _refuse(line, random.choice([one for one in line.waiting if one.group == _largest_group(line)]))
        if line.drawing is None or line.drawing.done():
            line.drawing = asyncio.create_task(self._draw(line))
        await waiting.turn

    def give_back(self, key: str) -> None:
        """An attempt that was right does not count."""
        with contextlib.suppress(IndexError):
            self._line(key).recent.pop()

    def _line(self, key: str) -> _Line:
        if len(self._lines) > MOST_LINES:
            self._lines = {key: line for key, line in self._lines.items() if self._is_used(line)}
        line = self._lines.setdefault(key, _Line())
        self._forget_old(line)
        return line

    def _is_used(self, line: _Line) -> bool:
        self._forget_old(line)
        return bool(line.recent or line.waiting)

    def _forget_old(self, line: _Line) -> None:
        while line.recent and line.recent[0] < self._clock() - WINDOW_SECONDS:
            line.recent.popleft()

    async def _draw(self, line: _Line) -> None:
        while line.waiting:
            await self._sleep(max(0.0, line.next_turn - self._clock()))
            now = self._clock()
            line.next_turn = now + self._turn_seconds
            for late in [one for one in line.waiting if one.until < now]:
                _refuse(line, late)
            if line.waiting:
                group = random.choice(sorted({one.group for one in line.waiting}))
                chosen = random.choice([one for one in line.waiting if one.group == group])
                line.waiting.remove(chosen)
                line.recent.append(now)
                # Whoever hung up has nothing to be told.
                if not chosen.turn.done():
                    chosen.turn.set_result(None)


def _largest_group(line: _Line) -> str:
    groups = [one.group for one in line.waiting]
    return max(set(groups), key=groups.count)


def _refuse(line: _Line, waiting: _Waiting) -> None:
    line.waiting.remove(waiting)
    if not waiting.turn.done():
        waiting.turn.set_exception(Refusal(Reason.SIGN_IN_WAIT))


class Attempts:
    """Strangers share the turns of an account and of an address; a known browser has its own and meets no stranger."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._accounts = Gate(FREE_FOR_ACCOUNT, ACCOUNT_TURN_SECONDS, clock, sleep)
        self._addresses = Gate(FREE_FROM_ADDRESS, ADDRESS_TURN_SECONDS, clock, sleep)
        self._known = Gate(FREE_FROM_KNOWN_BROWSER, ACCOUNT_TURN_SECONDS, clock, sleep)

    async def begin(self, address: str, email: str, known_hash: str | None = None) -> None:
        """Count an attempt before its password is looked at, so that many at once don't slip through.

        `known_hash` is given for a browser in which this account signed in before. Raises Refusal(SIGN_IN_WAIT).
        """
        if known_hash:
            await self._known.enter(known_hash, "")
            return
        network, account = network_of(address), _account(email)
        await self._addresses.enter(network, account)
        await self._accounts.enter(account, network)

    def was_right(self, address: str, email: str, known_hash: str | None = None) -> None:
        """An attempt that was right does not count; the wrong ones before it still do."""
        if known_hash:
            self._known.give_back(known_hash)
            return
        self._addresses.give_back(network_of(address))
        self._accounts.give_back(_account(email))


def _account(email: str) -> str:
    return email.strip().lower()[:200]
