"""Votes beside each other: ties are named as ties, and what moved is told of themes that were in both."""

from __future__ import annotations

from app.domain.report_rounds import ReportFigure, ReportRound
from tests.exports.reports import a_question


def a_vote(number: int, *given: tuple[str, int | None], ballots: int | None = 8) -> ReportRound:
    figures = tuple(ReportFigure(f"q1-t{letter}", letter, f"Thema {letter}", points) for letter, points in given)
    return ReportRound(number, 3, None, True, ballots, figures)


def test_themes_with_as_many_points_are_a_tie_and_those_without_are_not() -> None:
    vote = a_vote(1, ("A", 4), ("B", 2), ("C", 4), ("D", None), ("E", None), ("F", 2), ("G", 1))
    assert [[figure.letter for figure in tied] for tied in vote.ties] == [["A", "C"], ["B", "F"]]


def test_what_moved_is_told_in_the_order_of_the_last_vote() -> None:
    question = a_question(rounds=(a_vote(1, ("A", 7), ("B", 5), ("C", 1)), a_vote(2, ("A", 4), ("B", 9), ("C", None))))
    told = [(theme.letter, theme.points, theme.change.points) for theme in question.moved]
    assert told == [("B", (5, 9), 4), ("A", (7, 4), -3), ("C", (1, 0), -1)]


def test_a_theme_that_was_in_one_vote_only_has_no_difference() -> None:
    question = a_question(rounds=(a_vote(1, ("A", 7), ("B", 2)), a_vote(2, ("A", 6), ("C", 3))))
    told = {theme.letter: (theme.points, theme.change.points) for theme in question.moved}
    assert told == {"A": ((7, 6), -1), "C": ((None, 3), None), "B": ((2, None), None)}


def test_a_vote_that_was_withheld_is_compared_with_nothing() -> None:
    assert a_question(rounds=(a_vote(1, ("A", 7)), a_vote(2, ("A", None), ballots=None))).moved == ()
    assert a_question(rounds=(a_vote(1, ("A", 7)),)).moved == ()


def test_a_theme_that_was_renamed_between_the_votes_has_its_last_name() -> None:
    before = ReportRound(1, 3, None, True, 8, (ReportFigure("q1-t1", "A", "Toen", 3),))
    after = ReportRound(2, 3, None, True, 8, (ReportFigure("q1-t1", "A", "Nu", 4),))
    assert [theme.name for theme in a_question(rounds=(before, after)).moved] == ["Nu"]


def test_a_letter_that_was_given_out_again_joins_no_two_themes() -> None:
    before = ReportRound(1, 3, None, True, 8, (ReportFigure(None, "A", "Toen", 3),))
    after = ReportRound(2, 3, None, True, 8, (ReportFigure(None, "A", "Iets anders"),))
    told = [(theme.name, theme.points) for theme in a_question(rounds=(before, after)).moved]
    assert told == [("Iets anders", (None, 0)), ("Toen", (3, None))]


def test_a_theme_of_an_earlier_vote_alone_stands_last_and_has_not_moved() -> None:
    votes = (a_vote(1, ("A", 9)), a_vote(2, ("B", 2)), a_vote(3, ("B", 4)))
    told = [(theme.letter, theme.points, theme.change.points) for theme in a_question(rounds=votes).moved]
    assert told == [("B", (None, 2, 4), 2), ("A", (9, None, None), None)]
