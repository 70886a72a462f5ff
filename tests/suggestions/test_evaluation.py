"""The evaluation is honest: each way to flatter it, planted, changes a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.suggestions import evaluation
from app.suggestions.built_in import PLAIN, SHIPPED
from app.suggestions.evaluation import (
    MEASURES,
    MEASURES_BY_SPELLING,
    by_measure,
    by_vectors,
    chosen_elsewhere,
    grouped,
    grouped_with_lowest_chosen_elsewhere,
    largest_first,
    leave_one_out,
    shown,
    sum_of,
    texts_of,
    without,
)
from app.suggestions.hints import KnownTheme
from app.suggestions.metrics import Hits
from app.suggestions.reading import Readings
from tests.suggestions.boards import QUESTIONS, labelled


def first(question, measure=SHIPPED):
    return leave_one_out(question, by_measure(measure, Readings())).first


def test_the_statement_tested_is_taken_off_the_board_and_nothing_else():
    question = labelled(Groen=["bomen", "gras"], Parkeren=["plek"])
    assert without(question, 0, 1) == [KnownTheme(0, "Groen", ("bomen",)), KnownTheme(1, "Parkeren", ("plek",))]


def test_a_statement_said_twice_finds_its_double():
    assert first(labelled(Groen=["bomen", "bomen"], Parkeren=["plek"])) == 2


def test_the_statement_tested_is_in_no_profile(monkeypatch):
    """Planted: the board still holds it, and everything is found."""
    honest = [first(question) for question in QUESTIONS]
    monkeypatch.setattr(evaluation, "without", lambda question, theme, statement: without(question, theme, -1))
    leaking = [first(question) for question in QUESTIONS]
    assert sum(leaking) > 80 > sum(honest)


def test_the_statement_tested_is_in_no_idf():
    """Planted: told as background, it makes its own words common, and scores change."""
    question = QUESTIONS[0]
    text = question.themes[0].statements[3]
    themes = without(question, 0, 3)
    honest = by_measure(SHIPPED, Readings())(text, themes)
    assert evaluation.built_in.scores([text], themes, background=[text])[0] != honest
    assert evaluation.built_in.scores([text, "wijkteam"], themes)[0] == honest


def test_the_only_statement_of_a_theme_can_be_found_by_the_name_alone():
    assert first(labelled(Groen=["groenvoorziening"], Parkeren=["plek"])) == 1
    assert first(labelled(Natuur=["groenvoorziening"], Parkeren=["plek"]), PLAIN) == 0


def test_parameters_are_those_that_did_best_on_the_other_questions():
    """The first candidate is perfect on the first question alone, the second on the three others."""
    good, bad = Hits(first=9, statements=9), Hits(first=0, statements=9)
    candidates = [[good, bad, bad, bad], [bad, good, good, good]]
    assert chosen_elsewhere(candidates) == [bad, good, good, good]
    assert chosen_elsewhere([[good, bad], [bad, good]]) == [bad, bad]


def test_of_equal_candidates_and_of_a_single_question_the_shipped_one_is_taken():
    one, other = Hits(first=3, statements=9), Hits(three=3, statements=9)
    assert chosen_elsewhere([[one, one], [other, other]]) == [one, one]
    assert chosen_elsewhere([[one], [replace(one, first=9)]]) == [one]
    assert MEASURES[0] == SHIPPED
    assert MEASURES_BY_SPELLING[0] == replace(SHIPPED, related=0.0)


def test_the_lowest_likeness_is_chosen_on_the_other_questions():
    question = labelled(Groen=["bomen", "bomen planten"], Parkeren=["plek", "plekken"])
    apart = labelled(Groen=["bomen"], Parkeren=["bomen planten"], Plek=["plek"], Meer=["plekken"])
    alike = {(0, 1): 0.5, (2, 3): 0.5}
    strict_first = (0.9, 0.4)
    assert [
        one.together for one in grouped_with_lowest_chosen_elsewhere([question] * 2, lambda _: alike, strict_first)
    ] == [2, 2]
    assert [
        one.together for one in grouped_with_lowest_chosen_elsewhere([question, apart], lambda _: alike, strict_first)
    ] == [0, 2]


def test_grouping_knows_nothing_of_the_printed_order():
    question = labelled(Groen=["gras", "bomen"], Parkeren=["auto"])
    assert texts_of(question) == ["auto", "bomen", "gras"]
    assert grouped(question, {(1, 2): 0.5}, 0.4).right == 1


def test_the_largest_theme_first_is_told_apart_from_reading():
    question = labelled(Groen=["a", "b", "c", "d"], Parkeren=["e"], Geluid=["f"])
    assert leave_one_out(question, largest_first).first == 4


def test_an_endpoints_vectors_are_scored_alike():
    found = {"Groen": (1.0, 0.0), "bomen": (0.6, 0.8), "gras": (1.0, 0.0), "Parkeren": (0.0, 1.0), "plek": (0.0, 1.0)}
    result = leave_one_out(labelled(Groen=["bomen", "gras"], Parkeren=["plek"]), by_vectors(found))
    assert (result.first, result.statements) == (2, 3)


def test_the_improved_built_in_does_better_than_the_plain_one_and_both_than_chance():
    plain, improved = (
        sum_of(leave_one_out(one, by_measure(measure, Readings())) for one in QUESTIONS) for measure in (PLAIN, SHIPPED)
    )
    assert improved.first > plain.first > 3 * plain.chance_first
    assert improved.three > plain.three > 1.5 * plain.chance_three


def test_what_is_shown_is_mostly_right():
    seen = shown(QUESTIONS, Readings())
    assert seen.statements == 87
    assert seen.first_right >= 0.75 * seen.suggested
    assert seen.any_right >= seen.first_right


@pytest.mark.parametrize("measure", [PLAIN, SHIPPED])
def test_figures_do_not_depend_on_the_printed_order(measure):
    for question in QUESTIONS[2:4]:
        turned = replace(
            question,
            themes=tuple(replace(theme, statements=theme.statements[::-1]) for theme in question.themes[::-1]),
        )
        assert leave_one_out(turned, by_measure(measure, Readings())) == leave_one_out(
            question, by_measure(measure, Readings())
        )
