"""When a statement is taken, at once or late, and until when it may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as any_of

from app.domain.lateness import check_may_change, comes_late
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE, Phase, Status
from app.domain.refusals import Reason, Refusal

statuses, phases = any_of.sampled_from(Status), any_of.sampled_from(Phase)
ways = any_of.sampled_from([WITH_VOTE, WITHOUT_VOTE, (Phase.COLLECT, Phase.RESULT)])


def reason_of(rule, *values):
    with pytest.raises(Refusal) as refused:
        rule(*values)
    return refused.value.reason


@given(statuses, any_of.booleans(), phases, ways, any_of.floats(0, 10**6))
def test_nothing_new_is_taken_outside_an_open_session_or_for_another_question(status, is_current, phase, way, since):
    try:
        late = comes_late(status, is_current, phase, way, since)
    except Refusal:
        return
    assert status == Status.OPEN and is_current
    assert late == (phase != Phase.COLLECT)


@given(any_of.booleans(), any_of.sampled_from([phase for phase in Phase if phase != Phase.COLLECT]), any_of.booleans())
def test_after_collecting_only_a_held_statement_of_the_current_question_may_change(is_current, phase, is_held):
    if is_current and is_held:
        check_may_change(Status.OPEN, is_current, phase, is_held)
    else:
        assert reason_of(check_may_change, Status.OPEN, is_current, phase, is_held) == Reason.STATEMENT_IS_FIXED


@given(any_of.booleans(), phases, any_of.booleans())
def test_nothing_changes_after_the_end(is_current, phase, is_held):
    assert reason_of(check_may_change, Status.ENDED, is_current, phase, is_held) == Reason.SESSION_HAS_ENDED


@pytest.mark.parametrize(
    ("status", "is_current", "phase", "reason"),
    [
        (Status.OPEN, True, Phase.VOTE, Reason.VOTE_HAS_BEGUN),
        (Status.OPEN, False, Phase.WAITING, Reason.NOT_COLLECTING_YET),
        (Status.OPEN, False, Phase.RESULT, Reason.COLLECTING_IS_OVER),
        (Status.ENDED, True, Phase.COLLECT, Reason.SESSION_HAS_ENDED),
    ],
)
def test_who_comes_too_late_or_too_early_hears_which(status, is_current, phase, reason):
    assert reason_of(comes_late, status, is_current, phase, WITH_VOTE, 0) == reason
