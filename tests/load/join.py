"""N people come in within five seconds: a seat, the page, the socket."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from time import perf_counter
from typing import Any

from tests.load.evening import Evening, in_turns, spread
from tests.load.phone import Phone


async def measure(evening: Evening, n: int) -> dict[str, Any]:
    """Everybody's phone, and the row of the table.

    `seconds` runs from the first request until the last socket is open. `bytes_to_each_other_participant` is all that
    was pushed to somebody who was there before, until the counts that follow the last join have gone out too.
    """
    plan = evening.plan
    before = [evening.new_phone() for _ in range(plan.observers)]
    await in_turns(_entering(evening, phone) for phone in before)
    await asyncio.sleep(plan.count_span)
    heard = sum(phone.socket.bytes for phone in before)
    evening.phones = [evening.new_phone() for _ in range(n)]
    with evening.uses.during("join", n, evening.pid):
        began = perf_counter()
        came_in = await spread([_entering(evening, phone) for phone in evening.phones], plan.join_span)
        seconds = perf_counter() - began
    await asyncio.sleep(plan.count_span)
    each = (sum(phone.socket.bytes for phone in before) - heard) / len(before)
    for phone in before:
        await phone.leave()
    why = Counter(f"{type(said).__name__}: {said}" for said in came_in if isinstance(said, Exception))
    if why:
        print("did not come in:", *why.most_common(3), file=sys.stderr)
    failed = [phone for phone, said in zip(evening.phones, came_in, strict=True) if isinstance(said, Exception)]
    await in_turns(_entering(evening, phone) for phone in failed)
    return {"n": n, "failed": len(failed), "seconds": round(seconds, 2), "bytes_to_each_other_participant": round(each)}


async def let_in(evening: Evening, n: int) -> None:
    """Everybody's phone, where coming in is not what is measured."""
    evening.phones = [evening.new_phone() for _ in range(n)]
    await in_turns(_entering(evening, phone) for phone in evening.phones)


def _entering(evening: Evening, phone: Phone) -> Any:
    return lambda: phone.join(evening.lead.join_key)
