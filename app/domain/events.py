"""What happened, in the past tense: after the commit, one of these tells the screens what is stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.domain.presence import Deed


@dataclass(frozen=True)
class Event:
    """Something that happened in a session. Counts alone do not raise the session's seq."""

    raises_seq: ClassVar[bool] = True


@dataclass(frozen=True)
class ParticipantJoined(Event):
    raises_seq: ClassVar[bool] = False


@dataclass(frozen=True)
class StatementSubmitted(Event):
    """Stored, not shown yet; screens only count it."""

    question_id: int
    raises_seq: ClassVar[bool] = False


@dataclass(frozen=True)
class StatementsReleased(Event):
    question_id: int
    statements: tuple[str, ...]


@dataclass(frozen=True)
class LateStatementsReleased(Event):
    """They came after collecting had closed, and enter the inbox now."""

    question_id: int
    statements: tuple[str, ...]


@dataclass(frozen=True)
class StatementEdited(Event):
    question_id: int
    statement: str


@dataclass(frozen=True)
class StatementRetracted(Event):
    question_id: int
    statement: str


@dataclass(frozen=True)
class AllocationSet(Event):
    """A ballot was given or changed; tells nothing and makes nothing stale."""

    raises_seq: ClassVar[bool] = False


@dataclass(frozen=True)
class SessionOpened(Event):
    pass


@dataclass(frozen=True)
class PhaseChanged(Event):
    question_id: int


@dataclass(frozen=True)
class BoardMoved(Event):
    """A move was made, undone or done again: by whom and what in words, and the statements and themes it touched.

    `lists` are the themes (None: the inbox) that statements came from or went to, or lie under now, whose counts are
    others now. `deed` is None where a theme of an ended session got another name, which no history knows.
    """

    question_id: int
    deed: Deed | None = None
    statements: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    lists: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class StepPassedOver(Event):
    """A moderator let go of a step, so that earlier ones can be undone; the board is as it was."""

    question_id: int


@dataclass(frozen=True)
class SuggestionIgnored(Event):
    """`places` as of SuggestionsFound: where it stood."""

    question_id: int
    places: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class SuggestionsFound(Event):
    """Others are suggested now in these `places`: themes, and None for groups. Nothing of it is stored."""

    question_id: int
    places: tuple[int | None, ...] = ()
    raises_seq: ClassVar[bool] = False


@dataclass(frozen=True)
class ProposalsChanged(Event):
    """Proposals of participants came in mixed, were taken back, ignored, or shown again."""

    question_id: int


@dataclass(frozen=True)
class ProposalsSwitched(Event):
    """Participants may, or may no longer, propose themes for their own statements."""

    question_id: int


@dataclass(frozen=True)
class ThemesToChooseChanged(Event):
    """The themes that participants may propose are others, or have other names."""

    question_id: int


@dataclass(frozen=True)
class StacksChanged(Event):
    """A stack of statements that say the same was taken apart, or what was taken apart is stacked again."""

    question_id: int


@dataclass(frozen=True)
class TimerChanged(Event):
    question_id: int


@dataclass(frozen=True)
class BigScreenChanged(Event):
    """Whether statements are shown on the big screen while collecting."""

    question_id: int


@dataclass(frozen=True)
class DoorChanged(Event):
    """New participants may come in, or may no longer."""


@dataclass(frozen=True)
class AgendaChanged(Event):
    pass


@dataclass(frozen=True)
class ActionItemsChanged(Event):
    pass


@dataclass(frozen=True)
class AttendeesChanged(Event):
    pass


@dataclass(frozen=True)
class AttendanceSet(Event):
    """Whether people may put themselves on the list, or what the report tells of it."""


@dataclass(frozen=True)
class ReportShared(Event):
    """Participants may, or may no longer, see the report."""


@dataclass(frozen=True)
class SessionEnded(Event):
    pass
