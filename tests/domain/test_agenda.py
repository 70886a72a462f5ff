"""The settings of a question, and until when each may change."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as any_of

from app.domain.agenda import (
    Kind,
    QuestionSettings,
    check_change,
    check_settings,
    count_questions,
    may_change_budget,
    may_change_text,
    numbered,
)
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal


@dataclass(frozen=True)
class OnAgenda:
    kind: str


def test_a_pause_has_no_number_and_is_not_counted():
    agenda = [OnAgenda(kind) for kind in (Kind.OPEN, Kind.PAUSE, Kind.GUIDED, Kind.PAUSE)]
    assert [number for number, _ in numbered(agenda)] == [1, None, 2, None]
    assert [item for _, item in numbered(agenda)] == agenda
    assert count_questions(agenda) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"budget": 0},
        {"budget": 101},
        {"budget": 3, "limit_per_theme": 4},
        {"limit_per_theme": 0},
        {"max_length": 100},
        {"most_statements": 0},
        {"most_statements": 201},
    ],
)
def test_a_figure_out_of_range_is_refused(wrong):
    with pytest.raises(Refusal):
        check_settings(QuestionSettings("Vraag?", **wrong))


@pytest.mark.parametrize("text", ["", "  ", "\n", "x" * 301])
def test_a_question_needs_a_text_that_fits(text):
    with pytest.raises(Refusal):
        check_settings(QuestionSettings(text))


def test_settings_are_kept_with_a_tidy_text():
    asked = QuestionSettings(" Wat\nnu? ", WITHOUT_VOTE, 5, 2, 500, {"collect": 10, "vote": 5}, (" Groen ",))
    kept = QuestionSettings("Wat nu?", WITHOUT_VOTE, 5, 2, 500, {"collect": 10}, ("Groen",))
    assert check_settings(asked) == kept


def test_a_question_goes_through_all_phases_unless_told_otherwise():
    assert QuestionSettings("?").phases == WITH_VOTE


@pytest.mark.parametrize("phases", [(), ("result",), ("cluster",), ("vote",), ("collect", "vote")])
def test_phases_without_anything_to_do_are_refused(phases):
    with pytest.raises(Refusal):
        check_settings(QuestionSettings("?", phases=phases))


@pytest.mark.parametrize("phases", [("vote",), ("collect", "vote"), ("cluster", "vote")])
def test_given_themes_can_be_voted_on_without_collecting_or_clustering(phases):
    assert check_settings(QuestionSettings("?", phases=phases, themes=("A", "B"))).phases[-1] == "result"


def test_a_budget_that_can_not_be_spent_on_given_themes_is_refused():
    with pytest.raises(Refusal):
        check_settings(QuestionSettings("?", phases=("vote",), budget=3, limit_per_theme=1, themes=("A", "B")))


def test_the_text_stands_from_the_first_statement_on():
    assert may_change_text(Phase.WAITING, True) and may_change_text(Phase.COLLECT, False)
    assert not may_change_text(Phase.COLLECT, True) and not may_change_text(Phase.CLUSTER, False)


def test_participants_see_each_others_statements_only_where_that_is_switched_on():
    assert not QuestionSettings("?").statements_on_phones


def test_who_reads_along_stands_from_the_first_statement_on():
    seen = replace(STANDS, statements_on_phones=True)
    assert check_change(STANDS, seen, Phase.COLLECT, Kind.GUIDED, has_statements=False).statements_on_phones
    for before, after in ((STANDS, seen), (seen, STANDS)):
        with pytest.raises(Refusal) as refused:
            check_change(before, after, Phase.COLLECT, Kind.GUIDED, has_statements=True)
        assert refused.value.reason == Reason.QUESTION_IS_FIXED


def test_the_budget_stands_from_the_opening_of_the_vote():
    assert [phase for phase in Phase if may_change_budget(phase)] == [Phase.WAITING, Phase.COLLECT, Phase.CLUSTER]


STANDS = QuestionSettings("What is said?", budget=3, themes=("Safety",))
changes = any_of.fixed_dictionaries(
    {},
    optional={
        "text": any_of.just("Something else?"),
        "max_length": any_of.just(280),
        "statements_on_phones": any_of.just(True),
        "budget": any_of.sampled_from([None, 5]),
        "phases": any_of.just(WITHOUT_VOTE),
        "minutes": any_of.just({"collect": 4}),
        "themes": any_of.sampled_from([(), ("Safety", "Green")]),
    },
)


@given(any_of.sampled_from(WITH_VOTE), changes, any_of.booleans())
def test_a_question_on_its_turn_takes_only_what_its_phase_leaves_open(phase, changed, has_statements):
    try:
        taken = check_change(STANDS, replace(STANDS, **changed), phase, Kind.GUIDED, has_statements)
    except Refusal:
        assert changed
        return
    assert taken.themes == STANDS.themes
    assert may_change_text(phase, has_statements) or (taken.text, taken.max_length) == (STANDS.text, 140)
    assert may_change_text(phase, has_statements) or not taken.statements_on_phones
    assert may_change_budget(phase) or (taken.budget, taken.phases) == (3, WITH_VOTE)
    assert taken.minutes == changed.get("minutes", {})


@given(changes, any_of.booleans())
def test_a_question_that_waits_takes_everything(changed, has_statements):
    wanted = replace(STANDS, **changed)
    assert check_change(STANDS, wanted, Phase.WAITING, Kind.GUIDED, has_statements) == wanted


def test_an_open_question_gets_no_themes_once_it_has_begun():
    with pytest.raises(Refusal):
        check_change(replace(STANDS, themes=()), STANDS, Phase.CLUSTER, Kind.OPEN, False)
