"""The one door through which a change is told, after its commit; in memory, for one process."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.events import Event

Listener = Callable[[int, int, Sequence[Event]], None]


class Bus:
    """Tells every listener that a session changed: its id, its seq, what happened."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def announce(self, session_id: int, seq: int, events: Sequence[Event]) -> None:
        """Call each listener; they only note what is stale, so this never waits."""
        for listener in self._listeners:
            listener(session_id, seq, events)
