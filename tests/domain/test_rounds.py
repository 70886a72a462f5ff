"""Two votes side by side: what each theme gained or lost, and how far it rose or fell."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain.rounds import Change, Standing, compare

votes = some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 9))


def test_points_and_places_move():
    moved = compare({"a": 7, "b": 4, "c": 2}, {"a": 3, "b": 8, "c": 2})
    assert (moved["b"].points, moved["b"].risen) == (4, 1)
    assert (moved["a"].points, moved["a"].risen) == (-4, -1)
    assert (moved["c"].points, moved["c"].risen) == (0, 0)


def test_a_theme_of_one_vote_only_has_nothing_to_compare():
    moved = compare({"gone": 4}, {"new": 3})
    assert moved == {"new": Change(None, Standing(3, 1)), "gone": Change(Standing(4, 1), None)}
    assert [(change.points, change.risen) for change in moved.values()] == [(None, None)] * 2


def test_without_points_there_is_no_place_to_rise_from():
    moved = compare({"a": 5, "b": 0}, {"a": 5, "b": 5})
    assert (moved["b"].points, moved["b"].risen) == (5, None)


@given(votes, votes)
def test_what_moved_adds_up_to_what_the_votes_differ(before, now):
    moved = compare(before, now)
    difference = sum((change.now.points if change.now else 0) for change in moved.values()) - sum(
        (change.before.points if change.before else 0) for change in moved.values()
    )
    assert moved.keys() == before.keys() | now.keys()
    assert difference == sum(now.values()) - sum(before.values())


@given(votes, votes)
def test_comparing_the_other_way_round_turns_every_move_about(before, now):
    there, back = compare(before, now), compare(now, before)
    for key, change in there.items():
        assert change.points == (None if back[key].points is None else -back[key].points)
        assert change.risen == (None if back[key].risen is None else -back[key].risen)
