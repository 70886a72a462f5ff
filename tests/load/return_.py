"""The Wi-Fi falters: all sockets drop at once, and everybody comes back within three seconds to a newer screen."""

from __future__ import annotations

import asyncio
import contextlib
import random
from time import perf_counter
from typing import Any

from tests.load.evening import LONGEST_WAIT, Evening, spread
from tests.load.lead import Asked
from tests.load.phone import Phone

AGENDA = [Asked("Wat is er gezegd terwijl u weg was?")]


async def measure(evening: Evening) -> dict[str, Any]:
    """The row of the table.

    The moderator goes on to the next question while everybody is away. The sockets then open evenly over 2.5 s, each
    again with a pause when it fails, as the page does. `seconds_until_all_current` runs from the first opening until
    the last phone has the new screen; `renders` is how often the server drew the phone's scene from the drop on.
    """
    await evening.settle()
    arrivals, renders = evening.expect(), evening.renders
    await evening.close_sockets()
    await evening.lead.begin_next()
    with evening.uses.during("return", len(evening.phones), evening.pid):
        began = perf_counter()
        await spread([_coming_back(phone) for phone in evening.phones], evening.plan.return_span)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(arrivals.complete.wait(), LONGEST_WAIT)
    seconds = max(arrivals.times) - began if arrivals.complete.is_set() else LONGEST_WAIT
    return {
        "n": len(evening.phones),
        "seconds_until_all_current": round(seconds, 2),
        "renders": evening.renders - renders,
    }


def _coming_back(phone: Phone) -> Any:
    async def come_back() -> None:
        pause = 0.5
        while not phone.socket.is_open:
            try:
                await phone.open()
            except Exception:
                await asyncio.sleep(random.random() * pause)
                pause = min(2 * pause, 4.0)

    return come_back
