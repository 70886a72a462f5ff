"""How a simulated participant divides points."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.replay.ballot import allocation, choose_points
from app.replay.scene import Theme

THEMES = tuple(Theme(str(number), f"Thema {number}") for number in range(4))


@given(st.integers(0, 100), st.none() | st.integers(1, 100), st.integers())
def test_no_more_is_given_than_the_budget_and_the_limit_allow(budget: int, limit: int | None, seed: int) -> None:
    taps = choose_points(THEMES, budget, limit, {}, Random(seed))
    given = allocation(taps)
    assert sum(given.values()) == len(taps) <= budget
    assert all(0 < points <= (limit or budget) for points in given.values())


def test_most_people_spend_all_and_some_keep_a_few() -> None:
    spent = [len(choose_points(THEMES, 10, None, {}, Random(seed))) for seed in range(200)]
    assert 150 < spent.count(10) < 200


@pytest.mark.parametrize("heavy", [theme.name for theme in THEMES])
def test_what_was_heavy_in_the_file_gets_more(heavy: str) -> None:
    taps = [tap for seed in range(100) for tap in choose_points(THEMES, 10, None, {heavy: 12}, Random(seed))]
    most = max(THEMES, key=lambda theme: taps.count(theme.id))
    assert most.name == heavy
    assert all(taps.count(theme.id) for theme in THEMES)


def test_the_same_seed_gives_the_same_taps_and_another_one_others() -> None:
    taps = [choose_points(THEMES, 20, None, {}, Random(seed)) for seed in (1, 1, 2)]
    assert taps[0] == taps[1] != taps[2]


def test_without_themes_nothing_is_given() -> None:
    assert choose_points((), 10, None, {}, Random(1)) == []
