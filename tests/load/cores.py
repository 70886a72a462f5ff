"""Who runs where: the server on one core, the load on another."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


@contextlib.contextmanager
def of_the_server() -> Iterator[None]:
    """What is started in here, with all its threads, stays on the server's core."""
    os.sched_setaffinity(0, {SERVER_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {LOAD_CORE})
