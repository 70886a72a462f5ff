"""Ranks sort as they were asked to, however often something is put in between."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain import ranks

fractions = some.text(ranks.DIGITS, min_size=1, max_size=8).map(lambda digits: digits + "i")


@given(some.sets(fractions, min_size=2, max_size=2))
def test_a_rank_between_two_lies_between_them(two):
    lower, upper = sorted(two)
    assert lower < ranks.between(lower, upper) < upper


@given(fractions)
def test_open_ends_have_room(rank):
    assert ranks.between(None, rank) < rank < ranks.between(rank, None)


@given(some.lists(some.integers(0, 10**6), min_size=1, max_size=60))
def test_sixty_insertions_anywhere_keep_all_ranks_apart_and_in_order(places):
    row = [ranks.between(None, None)]
    for place in places:
        at = place % (len(row) + 1)
        row.insert(at, ranks.between(row[at - 1] if at else None, row[at] if at < len(row) else None))
    assert row == sorted(set(row))


@given(fractions, some.integers(1, 50))
def test_what_comes_behind_is_in_order_and_behind(last, count):
    behind = ranks.after(last, count)
    assert [last, *behind] == sorted({last, *behind})


def test_a_thousand_appended_one_by_one_stay_short():
    last = None
    for _ in range(1000):
        (last,) = ranks.after(last, 1)
    assert len(last) == 6


@given(some.sets(fractions, min_size=2, max_size=2), some.integers(0, 40), some.integers(1, 10**6))
def test_many_in_between_are_in_order_and_strictly_between(two, count, change):
    lower, upper = sorted(two)
    row = [lower, *ranks.spread(lower, upper, count, ranks.mark(change)), upper]
    assert len(row) == count + 2 and row == sorted(set(row))


@given(fractions, some.integers(1, 20), some.integers(1, 10**6))
def test_what_comes_behind_with_a_mark_is_in_order_too(last, count, change):
    behind = ranks.after(last, count, ranks.mark(change))
    assert [last, *behind] == sorted({last, *behind})
    assert not any(rank.endswith("0") for rank in behind)


@given(fractions, some.integers(1, 10**6), some.integers(1, 10**6))
def test_two_changes_never_give_the_same_rank(last, one, other):
    if one != other:
        assert ranks.after(last, 1, ranks.mark(one)) != ranks.after(last, 1, ranks.mark(other))
        assert ranks.spread(None, last, 1, ranks.mark(one)) != ranks.spread(None, last, 1, ranks.mark(other))


def test_five_hundred_laid_first_one_by_one_stay_short():
    first = "00001i"
    for number in range(1, 501):
        (first,) = ranks.spread(None, first, 1, ranks.mark(number))
    assert len(first) < 150


@given(some.integers(0, 3000))
def test_even_ranks_are_in_order_with_room_around_each(count):
    row = ranks.evenly(count)
    assert len(row) == count and row == sorted(set(row))
    assert len({len(rank) for rank in row}) <= 1
    assert all(rank < ranks.after(rank, 1)[0] for rank in row[-1:])
