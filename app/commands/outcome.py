"""What a command gives back: the events for the screens, and an answer for the person who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.events import Event


@dataclass(frozen=True)
class Outcome:
    """`events` are told to all screens after the commit; `answer` goes only into the reply to this request."""

    events: Sequence[Event] = ()
    answer: Any = None
    wipes_order: bool = field(default=False, kw_only=True)
    """Whether the write-ahead log must be emptied, since it holds the order of arrival of a phase that ended."""

    @property
    def raises_seq(self) -> bool:
        return any(event.raises_seq for event in self.events)
