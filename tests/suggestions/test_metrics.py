"""The measures, against small cases worked out by hand."""

from __future__ import annotations

import random

import pytest

from app.suggestions.metrics import Hits, Pairs, hits, pairs


def counted(scores, right):
    found = hits(scores, right)
    return found.first, found.three


def test_the_right_theme_with_the_highest_score_is_a_hit():
    assert counted([0.2, 0.5, 0.1, 0.3, 0.4], 1) == (1, 1)


def test_third_of_five_is_among_three_and_fourth_is_not():
    assert counted([0.5, 0.4, 0.3, 0.2, 0.1], 2) == (0, 1)
    assert counted([0.5, 0.4, 0.3, 0.2, 0.1], 3) == (0, 0)


@pytest.mark.parametrize("right", [0, 1])
def test_ties_count_as_misses_wherever_the_right_theme_stands(right):
    assert counted([0.5, 0.5, 0.1, 0.1, 0.1], right) == (0, 1)
    assert counted([0.5, 0.5, 0.5, 0.5, 0.1], right) == (0, 0)


def test_a_theme_that_shares_nothing_is_a_miss_also_among_three():
    assert counted([0.5, 0.0, 0.4], 1) == (0, 0)


def test_chance_is_a_random_order_of_the_same_themes():
    total = sum((hits([0.1] * themes, 0) for themes in (2, 4, 5)), Hits())
    assert total.chance_first == pytest.approx(1 / 2 + 1 / 4 + 1 / 5)
    assert total.chance_three == pytest.approx(1 + 3 / 4 + 3 / 5)
    assert total.statements == 3


def test_pair_f1_of_a_hand_counted_case():
    # Themes aaabb, groups {1 2}{3 4}{5}: of 10 pairs 4 belong together, 2 were put together, 1 of these rightly.
    found = pairs([1, 1, 2, 2, 3], [0, 0, 0, 1, 1])
    assert found == Pairs(right=1, together=2, belonging=4, all=10)
    assert found.f1 == pytest.approx(2 * 1 / (2 + 4))
    # By chance 2 · 4 / 10 of the pairs are right.
    assert found.chance_f1 == pytest.approx(2 * 0.8 / 6)
    assert found.adjusted_rand == pytest.approx((1 - 0.8) / (3 - 0.8))


def test_the_adjusted_rand_index_of_a_published_case():
    # Hubert and Arabie's formula on two partitions of six: 2 pairs in common, of 6 and 3 out of 15.
    found = pairs([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])
    assert found == Pairs(right=2, together=6, belonging=3, all=15)
    assert found.adjusted_rand == pytest.approx((2 - 18 / 15) / (4.5 - 18 / 15))


def test_the_same_partition_under_other_numbers_is_perfect():
    found = pairs([7, 7, 3, 3, 5], [0, 0, 1, 1, 2])
    assert (found.f1, found.adjusted_rand) == (1, 1)


def test_worse_than_chance_is_below_zero():
    assert pairs([0, 1, 0, 1], [0, 0, 1, 1]).adjusted_rand == pytest.approx(-0.5)


@pytest.mark.parametrize("everybody", [[0] * 5, [0, 1, 2, 3, 4]])
def test_all_in_one_heap_and_all_apart_are_worth_nothing(everybody):
    assert pairs(everybody, [0, 0, 0, 1, 1]).adjusted_rand == 0


def test_where_nothing_belongs_together_and_nothing_was_put_together_all_is_right():
    found = pairs([0, 1, 2], [0, 1, 2])
    assert (found.f1, found.chance_f1, found.adjusted_rand) == (1, 1, 1)


def test_the_chance_of_pair_f1_is_the_mean_over_random_deals():
    labels, groups = [0, 0, 0, 1, 1, 2, 3, 3], [0, 0, 1, 1, 1, 2, 2, 3]
    dealer = random.Random(5)
    f1 = [pairs(dealer.sample(groups, len(groups)), labels).f1 for _ in range(4000)]
    assert sum(f1) / len(f1) == pytest.approx(pairs(groups, labels).chance_f1, abs=0.01)
