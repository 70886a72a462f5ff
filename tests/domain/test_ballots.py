"""One ballot: whole points, within the budget, on themes of this vote."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.ballots import automatic_budget, check_allocation, check_spendable, moved
from app.domain.refusals import Reason, Refusal

THEMES = frozenset({1, 2, 3})


def reason_of(points, budget=3, limit=None):
    with pytest.raises(Refusal) as refused:
        check_allocation(points, THEMES, budget, limit)
    return refused.value.reason


@given(some.dictionaries(some.sampled_from(["1", "2", "3"]), some.integers(0, 10)), some.integers(1, 20))
def test_an_allocation_is_kept_whole_or_refused_whole(points, budget):
    if sum(points.values()) > budget:
        assert reason_of(points, budget) == Reason.OVER_BUDGET
    else:
        kept = check_allocation(points, THEMES, budget, None)
        assert kept == {int(theme): given for theme, given in points.items() if given}


@given(some.dictionaries(some.text(max_size=3), some.one_of(some.none(), some.integers(), some.floats(), some.text())))
def test_nothing_that_is_sent_gets_past_the_budget(points):
    try:
        kept = check_allocation(points, THEMES, 3, None)
    except Refusal:
        return
    assert sum(kept.values()) <= 3 and kept.keys() <= THEMES and min(kept.values(), default=1) > 0


@pytest.mark.parametrize("value", [-1, 1.0, 0.5, float("nan"), float("inf"), "1", None, True, [1], {}])
def test_points_that_are_no_whole_number_from_zero_are_refused(value):
    assert reason_of({"1": value}) == Reason.POINTS_MALFORMED


@pytest.mark.parametrize("points", [None, [], "1", 7, [["1", 1]]])
def test_an_allocation_that_is_no_mapping_is_refused(points):
    assert reason_of(points) == Reason.POINTS_MALFORMED


@pytest.mark.parametrize("theme", ["", "-1", "1.0", " 1", "¹", "٣", "1" * 16, 1])
def test_a_theme_that_is_no_number_is_refused(theme):
    assert reason_of({theme: 1}) == Reason.POINTS_MALFORMED


def test_a_theme_written_twice_in_two_ways_is_refused():
    assert reason_of({"1": 1, "01": 1}) == Reason.POINTS_MALFORMED


def test_a_theme_outside_this_vote_is_refused_even_for_zero_points():
    assert reason_of({"4": 0}) == Reason.THEME_NOT_IN_VOTE


def test_enormous_points_are_over_the_budget():
    assert reason_of({"1": 10**300}) == Reason.OVER_BUDGET


def test_a_limit_for_each_theme_holds():
    assert check_allocation({"1": 2, "2": 1}, THEMES, 3, 2) == {1: 2, 2: 1}
    assert reason_of({"1": 3}, limit=2) == Reason.OVER_LIMIT_PER_THEME


def test_points_may_be_left_and_zeros_are_not_kept():
    assert check_allocation({"1": 1, "2": 0}, THEMES, 3, None) == {1: 1}
    assert check_allocation({}, THEMES, 3, None) == {}


def test_a_budget_that_cannot_be_spent_is_refused():
    check_spendable(3, 1, 3)
    check_spendable(3, None, 1)
    with pytest.raises(Refusal) as refused:
        check_spendable(3, 1, 2)
    assert refused.value.values == {"budget": 3, "most": 2}


@pytest.mark.parametrize(("themes", "budget"), [(1, 3), (9, 3), (10, 4), (23, 8), (60, 20), (90, 20)])
def test_the_automatic_budget_is_a_point_for_each_three_themes_between_3_and_20(themes, budget):
    assert automatic_budget(themes) == budget


def test_automatic_points_are_a_third_of_the_themes_between_three_and_twenty():
    assert [automatic_budget(themes) for themes in (1, 9, 10, 12, 13, 52, 100)] == [3, 3, 4, 4, 5, 18, 20]


def test_a_step_changes_one_theme_and_takes_nothing_where_there_is_nothing():
    assert moved({"1": 2, "2": 0}, "2", 1) == {"1": 2, "2": 1}
    assert moved({"1": 2}, "1", -1) == {"1": 1}
    with pytest.raises(Refusal) as refused:
        moved({"1": 2}, "2", -1)
    assert refused.value.reason == Reason.NO_POINT_HERE
