"""The phases of a question: what each allows, and where one may go from it, forwards and back."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.domain.refusals import Reason, Refusal

LATE_SECONDS_WITHOUT_CLUSTER = 60


class Phase(StrEnum):
    """Where a question stands; `waiting` is before its turn, `pause` the one phase of a pause on the agenda."""

    WAITING = "waiting"
    COLLECT = "collect"
    CLUSTER = "cluster"
    VOTE = "vote"
    RESULT = "result"
    PAUSE = "pause"


class Status(StrEnum):
    """Where a session stands: being prepared, with people in it, or over."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"


ORDER = (Phase.COLLECT, Phase.CLUSTER, Phase.VOTE, Phase.RESULT)
WITH_VOTE = (Phase.COLLECT, Phase.CLUSTER, Phase.VOTE, Phase.RESULT)
WITHOUT_VOTE = (Phase.COLLECT, Phase.CLUSTER, Phase.RESULT)
PAUSE_ONLY = (Phase.PAUSE,)

BACK = {
    Phase.CLUSTER: Phase.COLLECT,
    Phase.VOTE: Phase.CLUSTER,
    Phase.RESULT: Phase.CLUSTER,
}


def check_phases(phases: Iterable[str], has_themes: bool) -> tuple[Phase, ...]:
    """A question's phases in order; the result is always one of them, except of a pause, which has but its own.

    Raises Refusal when there is nothing to do in it, or when it would vote or cluster on nothing: voting needs
    clustering or given themes, clustering needs collecting or given themes.
    """
    phases = tuple(phases)
    if phases == PAUSE_ONLY:
        return PAUSE_ONLY
    chosen = tuple(phase for phase in ORDER if phase in {*phases, Phase.RESULT})
    if Phase.COLLECT not in chosen and not has_themes or chosen == (Phase.RESULT,):
        raise Refusal(Reason.PHASES_LEAVE_NOTHING)
    if Phase.VOTE in chosen and Phase.CLUSTER not in chosen and not has_themes:
        raise Refusal(Reason.PHASES_LEAVE_NOTHING)
    return chosen


def standing(phase: Phase, accepts_statements: bool) -> Phase:
    """What a phase means for statements: collecting that takes nothing new is as the cluster phase."""
    return Phase.CLUSTER if phase == Phase.COLLECT and not accepts_statements else phase


def next_phase(phase: Phase, phases: tuple[Phase, ...]) -> Phase | None:
    """The phase that follows in this question; None after its last."""
    if phase == Phase.WAITING:
        return phases[0]
    following = phases[phases.index(phase) + 1 :]
    return following[0] if following else None


def previous_phase(phase: Phase, phases: tuple[Phase, ...]) -> Phase | None:
    """Where a moderator may go back to; None when there is no way back."""
    back = BACK.get(phase)
    return back if back in phases else None


def may_mix_less(status: Status) -> bool:
    """Whether mixing can be turned off: once people are in, it can only be made stricter."""
    return status == Status.DRAFT


def may_end(phase: Phase) -> bool:
    """Whether a session can be finished in this phase of its question: not while people are voting."""
    return phase != Phase.VOTE


def accepts_new_statements(phase: Phase) -> bool:
    """Statements enter as they come only while collecting."""
    return phase == Phase.COLLECT


def accepts_late_statements(phase: Phase, phases: tuple[Phase, ...], seconds_since_collecting: float) -> bool:
    """Text typed in time is taken through the whole cluster phase, or for a minute where none follows."""
    if phase == Phase.CLUSTER:
        return True
    return (
        phase in (Phase.VOTE, Phase.RESULT)
        and Phase.CLUSTER not in phases
        and seconds_since_collecting <= LATE_SECONDS_WITHOUT_CLUSTER
    )
