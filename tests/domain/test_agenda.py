"""The settings of a question, and until when each may change."""

import pytest

from app.domain.agenda import QuestionSettings, check_settings, may_change_budget, may_change_text
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE, Phase
from app.domain.refusals import Refusal


@pytest.mark.parametrize(
    "wrong",
    [{"budget": 0}, {"budget": 101}, {"budget": 3, "limit_per_theme": 4}, {"limit_per_theme": 0}, {"max_length": 100}],
)
def test_a_figure_out_of_range_is_refused(wrong):
    with pytest.raises(Refusal):
        check_settings(QuestionSettings("Vraag?", **wrong))


@pytest.mark.parametrize("text", ["", "  ", "\n", "x" * 301])
def test_a_question_needs_a_text_that_fits(text):
    with pytest.raises(Refusal):
        check_settings(QuestionSettings(text))


def test_settings_are_kept_with_a_tidy_text():
    assert check_settings(QuestionSettings(" Wat\nnu? ", False, 5, 2, 500)) == QuestionSettings(
        "Wat nu?", False, 5, 2, 500
    )


def test_a_question_without_voting_has_no_vote_phase():
    assert QuestionSettings("?").phases == WITH_VOTE and QuestionSettings("?", voting=False).phases == WITHOUT_VOTE


def test_the_text_stands_from_the_first_statement_on():
    assert may_change_text(Phase.WAITING, True) and may_change_text(Phase.COLLECT, False)
    assert not may_change_text(Phase.COLLECT, True) and not may_change_text(Phase.CLUSTER, False)


def test_the_budget_stands_from_the_opening_of_the_vote():
    assert [phase for phase in Phase if may_change_budget(phase)] == [Phase.WAITING, Phase.COLLECT, Phase.CLUSTER]
