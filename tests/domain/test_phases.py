"""What each phase allows, and where one may go from it."""

import pytest

from app.domain.phases import (
    LATE_SECONDS_WITHOUT_CLUSTER,
    WITH_VOTE,
    WITHOUT_VOTE,
    Phase,
    Status,
    accepts_late_statements,
    accepts_new_statements,
    may_end,
    may_mix_less,
    next_phase,
    previous_phase,
)


@pytest.mark.parametrize("phases", [WITH_VOTE, WITHOUT_VOTE])
def test_a_question_goes_through_all_its_phases_in_order_and_stops(phases):
    walked, phase = [], next_phase(Phase.WAITING, phases)
    while phase is not None:
        walked.append(phase)
        phase = next_phase(phase, phases)
    assert tuple(walked) == phases


@pytest.mark.parametrize("phase", [Phase.CLUSTER, Phase.VOTE, Phase.RESULT])
def test_back_leads_to_an_earlier_phase_that_never_is_a_vote(phase):
    back = previous_phase(phase, WITH_VOTE)
    assert WITH_VOTE.index(back) < WITH_VOTE.index(phase) and back != Phase.VOTE


def test_there_is_no_way_back_from_collecting_or_waiting():
    assert previous_phase(Phase.COLLECT, WITH_VOTE) is None
    assert previous_phase(Phase.WAITING, WITH_VOTE) is None


def test_statements_enter_only_while_collecting():
    assert [phase for phase in Phase if accepts_new_statements(phase)] == [Phase.COLLECT]


@pytest.mark.parametrize("seconds", [0, 60, 10**6])
def test_late_statements_are_taken_through_the_whole_cluster_phase(seconds):
    assert accepts_late_statements(Phase.CLUSTER, WITH_VOTE, seconds)


def test_where_no_cluster_phase_follows_they_are_taken_for_a_minute():
    phases = (Phase.COLLECT, Phase.RESULT)
    assert accepts_late_statements(Phase.RESULT, phases, LATE_SECONDS_WITHOUT_CLUSTER)
    assert not accepts_late_statements(Phase.RESULT, phases, LATE_SECONDS_WITHOUT_CLUSTER + 0.1)


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.VOTE, Phase.RESULT])
def test_no_late_statements_in_another_phase_of_a_question_with_clustering(phase):
    assert not accepts_late_statements(phase, WITH_VOTE, 0)


def test_mixing_is_only_turned_off_before_anybody_is_in():
    assert [status for status in Status if may_mix_less(status)] == [Status.DRAFT]


def test_a_session_can_be_finished_in_any_phase_but_an_open_vote():
    assert [phase for phase in Phase if not may_end(phase)] == [Phase.VOTE]
