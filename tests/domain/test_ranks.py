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


@given(some.integers(0, 3000))
def test_even_ranks_are_in_order_with_room_around_each(count):
    row = ranks.evenly(count)
    assert len(row) == count and row == sorted(set(row))
    assert len({len(rank) for rank in row}) <= 1
    assert all(rank < ranks.after(rank, 1)[0] for rank in row[-1:])
