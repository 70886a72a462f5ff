"""What one connected participant costs the server in memory: seat, socket, and an HTTP connection kept open."""

from __future__ import annotations

from typing import Any

from tests.load.evening import Evening
from tests.load.figures import resident_kib


def measure(evening: Evening, before_kib: int) -> dict[str, Any]:
    """Growth of the resident memory since before anybody came, by participant; taken right after the joins."""
    return {"kib_per_participant": round((resident_kib(evening.pid) - before_kib) / len(evening.phones), 1)}
