"""How many people are here and have done something: counts, and never who of the participants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.history import Step
from app.domain.suggested import Suggested
from app.domain.trouble import Trouble


@dataclass(frozen=True)
class ModeratorHere:
    """Who leads, in an open control room: moderators have accounts and see each other's names."""

    id: int
    name: str


class DeedKind(StrEnum):
    """What moderators tell each other of."""

    MOVED = "moved"
    UNDID = "undid"
    REDID = "redid"
    LED_ON = "led_on"
    TIMER = "timer"
    SETTING = "setting"
    STATEMENT = "statement"
    AGENDA = "agenda"
    FOLLOW_UP = "follow_up"
    ENDED = "ended"


@dataclass(frozen=True)
class Deed:
    """What a moderator did last: a step on the board, or where the group was led, as phase and question's number."""

    by: ModeratorHere
    kind: DeedKind
    step: Step | None = None
    phase: str = ""
    number: int = 0


@dataclass(frozen=True)
class Presence:
    """`submitted` and `ready` are None while nobody can know them, just after the server came back.

    `moderators` are the names of those with a control room open, each once; `deeds` the last of each moderator,
    the newest first; `trouble` is what keeps the server from storing, which who leads must hear; `suggested` what was
    found on the board last, which some moves may have answered since.
    """

    connected: int = 0
    submitted: int | None = None
    ready: int | None = None
    moderators: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    trouble: Trouble | None = None
    suggested: Suggested | None = None

    @property
    def is_led_together(self) -> bool:
        """Whether more than one moderator is here, or one who is here follows another."""
        others = any(deed.by.name not in self.moderators for deed in self.deeds)
        return len(self.moderators) > 1 or bool(self.moderators and others)
