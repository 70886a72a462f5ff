"""How many people are here and have done something: counts, never who."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Presence:
    """`submitted` and `ready` are None while nobody can know them, just after the server came back."""

    connected: int = 0
    submitted: int | None = None
    ready: int | None = None
