"""What the report draws from its figures."""

from __future__ import annotations

from app.domain.report import ReportRound, ReportTheme
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
