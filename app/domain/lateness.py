"""When a statement is taken, at once or as a late one, and until when it may change."""

from __future__ import annotations

from app.domain.phases import Phase, Status, accepts_late_statements, accepts_new_statements
from app.domain.refusals import Reason, Refusal


def comes_late(
    status: Status, is_current: bool, phase: Phase, phases: tuple[Phase, ...], seconds_since_collecting: float
) -> bool:
    """Whether a new statement is taken as a late one; raises Refusal when it can't be taken at all.

    `phase` is what the question's phase means for statements (`phases.standing`), `is_current` whether the group is at
    this question.
    """
    if status == Status.OPEN and is_current:
        if accepts_new_statements(phase):
            return False
        if accepts_late_statements(phase, phases, seconds_since_collecting):
            return True
        if phase == Phase.VOTE:
            raise Refusal(Reason.VOTE_HAS_BEGUN)
    if status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    raise Refusal(Reason.NOT_COLLECTING_YET if phase == Phase.WAITING else Reason.COLLECTING_IS_OVER)


def check_may_change(status: Status, is_current: bool, phase: Phase, is_held: bool) -> None:
    """Raises Refusal unless a statement may be edited or taken back: while collecting, one that is held until it has
    come in."""
    if status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    if status == Status.OPEN and is_current and (accepts_new_statements(phase) or is_held):
        return
    raise Refusal(Reason.STATEMENT_IS_FIXED)
