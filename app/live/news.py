"""What happened in a session lately, by seq: what a page that was drawn at an earlier one has missed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from app.domain.events import Event

# Some minutes of a fast moderator; who was away for longer gets the whole screen.
MOST_KEPT = 500


class News:
    """The last changes with what happened at each; in memory, since a whole screen always does instead.

    `newest` is the seq of the last change it was told of, `told` that up to which all sockets were: a page that has
    taken a push is as far as what was told, and not as far as what the push was drawn from.
    """

    def __init__(self) -> None:
        self.newest: int | None = None
        self.told: int | None = None
        self._begins = 0
        self._changes: deque[tuple[int, tuple[Event, ...]]] = deque()

    def begin(self, seq: int) -> None:
        """Nothing is known of before `seq`; only what is said first counts."""
        if self.newest is None:
            self.newest = self.told = self._begins = seq

    def add(self, seq: int, events: Sequence[Event]) -> None:
        """What happened at a new seq; of the first it is not known how many it stands for."""
        self.begin(seq)
        if events:
            self._changes.append((seq, tuple(events)))
        self.newest = max(self.newest or 0, seq)
        while len(self._changes) > MOST_KEPT:
            self._begins = self._changes.popleft()[0]

    def since(self, seq: int) -> list[Event] | None:
        """All that happened after `seq`, oldest first; None when that is not known."""
        if self.newest is None or not self._begins <= seq <= self.newest:
            return None
        return [event for at, events in self._changes if at > seq for event in events]
