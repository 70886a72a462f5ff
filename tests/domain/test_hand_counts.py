"""Points counted by hand: whole numbers, for themes of the vote, never mixed with those of the ballots."""

from __future__ import annotations

import pytest

from app.domain.hand_counts import (
    MOST_BY_HAND,
    Entry,
    Recounted,
    changes,
    first_with_ties,
    read_points,
    total,
    weights,
)
from app.domain.refusals import Reason, Refusal

THEMES = {1: "Samenwerking", 2: "Korte lijnen"}


@pytest.mark.parametrize(
    ("typed", "points"),
    [("4", 4), (" 12 ", 12), ("0", 0), ("007", 7), ("100000", MOST_BY_HAND), ("", None), (" ", None)],
)
def test_what_is_typed_is_read_as_points_and_an_empty_field_as_not_counted(typed: str, points: int | None) -> None:
    assert read_points(typed) == points


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e3", "vier", "100001", "٤", "²", "+4", "4 4", "9" * 5000])
def test_anything_else_is_no_count(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_points(typed)
    assert caught.value.reason == Reason.HAND_COUNT_MALFORMED


def test_what_was_entered_changes_and_an_empty_field_takes_a_count_away() -> None:
    entered = [Entry(1, 4), Entry(2, None, stood=3)]
    assert changes(entered, {2: 3}, THEMES) == ({1: 4, 2: None}, ())


def test_a_field_that_was_left_alone_changes_nothing_whatever_a_colleague_entered_meanwhile() -> None:
    assert changes([Entry(1, None), Entry(2, 3, stood=3)], {1: 9, 2: 8}, THEMES) == ({}, ())


def test_what_was_entered_twice_changes_nothing_the_second_time() -> None:
    assert changes([Entry(1, 4)], {1: 4}, THEMES) == ({}, ())


def test_another_count_of_a_colleague_is_told_before_it_is_replaced() -> None:
    changed, recounted = changes([Entry(1, 4)], {1: 6}, THEMES)
    assert (changed, recounted) == ({1: 4}, (Recounted("Samenwerking", 6, 4),))


def test_only_themes_of_the_vote_are_counted() -> None:
    with pytest.raises(Refusal) as caught:
        changes([Entry(3, 1)], {}, THEMES)
    assert caught.value.reason == Reason.HAND_COUNT_NOT_IN_VOTE


def test_ballots_order_the_themes_and_hands_only_where_no_ballot_does() -> None:
    assert weights({1: 5, 2: None}, {2: 40}) == {1: 5, 2: None}
    assert weights({1: None, 2: None}, {2: 40}) == {2: 40}


def test_nothing_counted_is_not_a_total_of_nought() -> None:
    assert (total([None, None]), total([None, 0]), total([3, 4])) == (None, 0, 7)


def test_the_first_three_never_go_without_their_equal() -> None:
    order = [1, 2, 3, 4, 5]
    assert first_with_ties({1: 9, 2: 5, 3: 3, 4: 3, 5: 1}, order, 3) == [1, 2, 3, 4]
    assert first_with_ties({1: 9, 2: 5, 3: 4, 4: 3, 5: 1}, order, 3) == [1, 2, 3]
    assert first_with_ties({1: 9, 2: None, 3: 0}, [1, 2, 3], 3) == [1]
