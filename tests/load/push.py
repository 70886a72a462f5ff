"""The next question to N participants, and the same bytes to as many sockets of a bare server."""

from __future__ import annotations

import asyncio
import contextlib
from time import perf_counter
from typing import Any

from tests.load import bare
from tests.load.evening import LONGEST_WAIT, Evening, in_turns
from tests.load.figures import milliseconds, percentile
from tests.load.lead import Asked
from tests.load.load import Arrivals, Line, Socket
from tests.load.plan import Plan


def agenda(plan: Plan) -> list[Asked]:
    # The first is for warming up: its templates are read from disk.
    return [Asked(f"Vraag {number}: wat gaat er goed, en wat kan beter?") for number in range(plan.pushes + 1)]


async def measure(evening: Evening) -> dict[str, Any]:
    """The row of the table.

    Times run from the first byte of the moderator's POST (or of the POST that makes the bare server push) until the
    message was read from the k-th socket. Both are done a few times; the run with the middle `last` is reported. The
    bare server is measured while ours has no sockets, so that neither keeps the other's core busy.
    """
    n = len(evening.phones)
    await evening.lead.begin_next()
    await evening.settle()
    heard: list[bytes] = []
    ours = [await _push(evening, heard) for _ in range(evening.plan.pushes)]
    await evening.close_sockets()
    theirs = await _push_barely(evening, heard[-1])
    await evening.open_sockets()
    await evening.settle()
    run, bare_run = _middle(ours), _middle(theirs)
    return {
        "n": n,
        "p50_ms": milliseconds(percentile(run, 0.5)),
        "p99_ms": milliseconds(percentile(run, 0.99)),
        "last_ms": milliseconds(run[-1]),
        "bare_last_ms": milliseconds(bare_run[-1]),
        "ratio": round(bare_run[-1] / run[-1], 2),
    }


async def _push(evening: Evening, heard: list[bytes]) -> list[float]:
    await evening.lead.go_on_to("result")
    await evening.settle()
    evening.lead.room_next()
    arrivals = evening.expect()
    evening.phones[-1].socket.hear = lambda _, pushed: heard.append(pushed) if b'id="scene"' in pushed else None
    with evening.uses.during("push", len(evening.phones), evening.pid):
        sent_at = await evening.lead.press()
        times = await _times(arrivals, sent_at)
    evening.phones[-1].socket.hear = None
    return times


async def _push_barely(evening: Evening, text: bytes) -> list[list[float]]:
    sockets = [Socket() for _ in evening.phones]
    with bare.serving() as (url, pid):
        address, line = f"ws{url.removeprefix('http')}/socket", Line(url)
        await in_turns(_opening(socket, address) for socket in sockets)
        runs = [await _push_once(evening, line, sockets, text, pid) for _ in range(evening.plan.pushes + 1)]
        for socket in sockets:
            socket.drop()
        line.close()
    # The first is for warming up, as with ours.
    return runs[1:]


async def _push_once(evening: Evening, line: Line, sockets: list[Socket], text: bytes, pid: int) -> list[float]:
    arrivals = Arrivals(1, len(sockets))
    for socket in sockets:
        socket.seq, socket.arrivals = 0, arrivals
    await asyncio.sleep(0.5)
    with evening.uses.during("push, bare", len(sockets), pid):
        sent_at = perf_counter()
        await line.request("POST", "/push", text)
        return await _times(arrivals, sent_at)


async def _times(arrivals: Arrivals, sent_at: float) -> list[float]:
    """Seconds until each socket had it; one that never gets it counts with the time waited for it."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(arrivals.complete.wait(), LONGEST_WAIT)
    never = [LONGEST_WAIT] * (arrivals.count - len(arrivals.times))
    return sorted([*(time - sent_at for time in arrivals.times), *never])


def _middle(runs: list[list[float]]) -> list[float]:
    return sorted(runs, key=lambda run: run[-1])[len(runs) // 2]


def _opening(socket: Socket, address: str) -> Any:
    return lambda: socket.open(address, "")
