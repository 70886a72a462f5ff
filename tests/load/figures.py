"""Percentiles, and how busy both sides were while something was measured."""

from __future__ import annotations

import contextlib
import gc
import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of all values does not exceed; nan without values."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def processor_seconds(pid: int) -> float:
    """What all threads of a process have used so far; unlike times by the clock, true on a busy machine too."""
    return sum(map(_thread_seconds, Path(f"/proc/{pid}/task").iterdir()))


def _thread_seconds(thread: Path) -> float:
    try:
        return int((thread / "schedstat").read_text().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        # A thread that ended while we looked.
        return 0.0


def resident_kib(pid: int) -> int:
    """The resident memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@dataclass
class Uses:
    """How much of its core the load generator and the server used during each measurement.

    A generator near 100 % was the bottleneck itself, and what it measured is worthless. `server_cpu_ms` is the
    processor time the server took, which says more than the clock where other jobs share the machine.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)

    @contextlib.contextmanager
    def during(self, what: str, n: int, server: int) -> Iterator[None]:
        """Measure while the body runs; the generator collects no garbage then, so that it never pauses."""
        gc.collect()
        gc.disable()
        began, own, theirs = time.perf_counter(), time.process_time(), processor_seconds(server)
        try:
            yield
        finally:
            seconds = max(time.perf_counter() - began, 1e-6)
            used = processor_seconds(server) - theirs
            self.rows.append(
                {
                    "measurement": what,
                    "n": n,
                    "seconds": round(seconds, 2),
                    "generator_percent": round(100 * (time.process_time() - own) / seconds),
                    "server_percent": round(100 * used / seconds),
                    "server_cpu_ms": milliseconds(used),
                    "load_average": round(os.getloadavg()[0], 1),
                }
            )
            gc.enable()
