"""Garbage collection that never stops the room: little and often, and all of it only while hardly anybody is here."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from time import monotonic

# New objects until the youngest are looked at, and how many times that until those that survived are, once. Never all
# of them by itself: that stops everybody for half a second at 5,000 participants.
THRESHOLDS = (5000, 5, 1_000_000)
# While `collect_little_and_often` runs. Python counts new objects less those let go of, old ones too: where thousands
# each let go of something old and keep something new, seventy thousand were young before five thousand were counted.
THRESHOLDS_MEANWHILE = (100_000, 1_000_000, 1_000_000)
OFTEN_SECONDS = 0.1
MIDDLE_SECONDS = 10.0
START_SECONDS = 5.0
LOOK_SECONDS = 60.0
# With so few sockets a full collection takes about as long as a small one.
FEW_SOCKETS = 50
# Even in a server that is never empty, what is left of a day must go some time.
LONGEST_SECONDS = 24 * 3600.0


def set_up() -> None:
    """For the whole process, before it serves."""
    gc.set_threshold(*THRESHOLDS)


def keep_what_is_here() -> None:
    """What the server consists of lives as long as it does, and need never be looked at again."""
    gc.collect()
    gc.freeze()


async def collect_little_and_often(has_rested: Callable[[], bool]) -> None:
    """For ever: what is young, ten times a second, so that it is never much; what is older only while nobody writes."""
    before, collected_at = gc.get_threshold(), monotonic()
    gc.set_threshold(*THRESHOLDS_MEANWHILE)
    try:
        while True:
            await asyncio.sleep(OFTEN_SECONDS)
            gc.collect(0)
            if monotonic() - collected_at > MIDDLE_SECONDS and has_rested():
                gc.collect(1)
                collected_at = monotonic()
    finally:
        gc.set_threshold(*before)


async def collect_in_quiet(open_sockets: Callable[[], int]) -> None:
    """For ever: a full collection when people have been here and have left again, or after a long day."""
    await asyncio.sleep(START_SECONDS)
    keep_what_is_here()
    collected_at, most_since = monotonic(), 0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now_open = open_sockets()
        most_since = max(most_since, now_open)
        is_quiet = now_open <= FEW_SOCKETS < most_since
        if is_quiet or monotonic() - collected_at > LONGEST_SECONDS:
            gc.collect()
            collected_at, most_since = monotonic(), now_open
