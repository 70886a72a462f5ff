"""What happened during a run, counted for the table at its end."""

from __future__ import annotations

from collections import Counter

ROWS = (
    "statements written",
    "edits",
    "retractions",
    "put back",
    "held as late",
    "refused with a sentence",
    "allocations confirmed",
    "lines dropped",
    "requests that never left",
    "answers never heard",
    "requests delivered late",
    "requests sent twice at once",
    "answers in the wrong order",
    "asked to come back later",
    "reloads",
    "second tabs",
    "sleeps",
    "servers killed",
    "marked sent, never delivered",
)


class Counts(Counter[str]):
    """By the names in ROWS."""

    def add(self, row: str) -> None:
        assert row in ROWS, row
        self[row] += 1

    def __str__(self) -> str:
        return "\n".join(f"{row:<32}{self[row]:>8}" for row in ROWS)
