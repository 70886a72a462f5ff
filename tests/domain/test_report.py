"""What the report draws from its figures."""

from __future__ import annotations

from dataclasses import replace

from app.domain.report_questions import ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from tests.exports.reports import a_question, a_report, the_district_team


def themes(*points: int | None) -> tuple[ReportTheme, ...]:
    return tuple(ReportTheme(f"q1-t{place}", "A", f"{place}", place, given) for place, given in enumerate(points, 1))


def heaviest(*points: int | None) -> list[str]:
    return [theme.name for theme in a_question(*themes(*points)).heaviest()]


def test_the_first_three_weigh_most() -> None:
    assert heaviest(7, 5, 4, 3, None) == ["1", "2", "3"]


def test_themes_without_points_weigh_nothing() -> None:
    assert heaviest(7, None, None) == ["1"]
    assert heaviest(None) == []


def test_a_tie_at_the_third_place_names_neither() -> None:
    assert heaviest(7, 3, 3, 3) == ["1"]
    assert heaviest(2, 2, 2, 2) == []


def test_a_tie_inside_the_first_three_changes_nothing() -> None:
    assert heaviest(6, 3, 3, 2) == ["1", "2", "3"]


def test_how_many_weigh_as_much_as_the_heaviest() -> None:
    assert a_question(*themes(2, 2, 2, 2, 1)).equals_at_the_top == (4, 2)
    by_hand = [replace(theme, by_hand=9) for theme in themes(None, None)]
    assert a_question(*by_hand).equals_at_the_top == (2, 9)
    assert a_question(by_hand[0], replace(by_hand[1], points=3)).equals_at_the_top == (1, 3)


def test_a_zero_is_never_written_as_a_figure() -> None:
    assert [theme.figure for theme in themes(7, 0, None)] == ["(7)", "", ""]


def test_hands_say_what_weighs_most_only_where_no_ballot_does() -> None:
    counted = [replace(theme, by_hand=count) for theme, count in zip(themes(None, None), (4, 9), strict=True)]
    alone = a_question(*counted)
    assert [theme.name for theme in alone.heaviest()] == ["1", "2"] and alone.is_by_hand_alone
    beside = a_question(counted[0], replace(counted[1], points=1))
    assert [theme.name for theme in beside.heaviest()] == ["2"] and not beside.is_by_hand_alone


def test_the_figures_come_from_the_last_closed_vote() -> None:
    closed = ReportRound(1, 3, None, True, 5, ())
    still_open = ReportRound(2, 3, None, False, None, ())
    assert a_question(rounds=(closed, still_open)).last_round == closed


def test_fewer_than_three_voters_are_not_counted() -> None:
    few = a_question(rounds=(ReportRound(1, 3, None, True, None, ()),))
    assert a_report(few).voters is None
    assert the_district_team().voters == 8


def test_a_carried_theme_is_not_counted_twice() -> None:
    assert the_district_team().theme_count == 20
    assert the_district_team().points == 38


def test_two_rounds_are_compared_and_a_withheld_one_in_between_is_passed_over() -> None:
    def a_round(number: int, ballots: int | None, **points: int | None) -> ReportRound:
        figures = tuple(ReportFigure(f"q1-{name}", name, name, given) for name, given in points.items())
        return ReportRound(number, 2, None, True, ballots, figures)

    rounds = (a_round(1, 4, a=5, b=3), a_round(2, None, a=None, b=None), a_round(3, 4, a=1, b=6, c=None))
    question = replace(a_question(), rounds=rounds)
    assert [vote.number for vote in question.counted] == [1, 3]
    assert [(move.name, move.change.points, move.change.risen) for move in question.moved] == [
        ("b", 3, 1),
        ("a", -4, -1),
        ("c", None, None),
    ]
    assert rounds[2].unspent == 1
    assert replace(question, rounds=rounds[1:]).moved == ()
