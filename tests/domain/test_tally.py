"""Sums that must add up, a ranking that is stable, and no figures for too few."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain.tally import count, has_ballot_too_many, ranking

THEMES = [1, 2, 3, 4]
ballots = some.lists(some.dictionaries(some.sampled_from(THEMES), some.integers(0, 5)), max_size=30)


@given(ballots)
def test_the_figures_behind_the_themes_add_up_to_all_points_given(cast):
    tally = count(cast, THEMES)
    if tally is not None:
        assert tally.total == sum(sum(ballot.values()) for ballot in cast)
        assert all(tally.givers[theme] <= tally.ballots for theme in THEMES)
        assert all(tally.givers[theme] <= tally.points[theme] for theme in THEMES)


@given(ballots)
def test_below_three_ballots_with_a_point_there_is_no_tally(cast):
    voted = sum(1 for ballot in cast if any(ballot.values()))
    assert (count(cast, THEMES) is None) == (voted < 3)
    assert voted < 3 or count(cast, THEMES).ballots == voted


@given(ballots, some.randoms())
def test_the_order_of_ballots_does_not_matter(cast, chance):
    mixed = list(cast)
    chance.shuffle(mixed)
    assert count(mixed, THEMES) == count(cast, THEMES)


@given(
    some.dictionaries(some.integers(1, 9), some.one_of(some.none(), some.integers(0, 4))),
    some.permutations(range(1, 10)),
)
def test_the_ranking_falls_and_ties_keep_the_order_of_the_board(points, board):
    ranked = ranking(points, board)
    figures = [points.get(theme) or 0 for theme in ranked]
    assert sorted(ranked) == sorted(board) and figures == sorted(figures, reverse=True)
    for one, other in zip(ranked, ranked[1:], strict=False):
        if (points.get(one) or 0) == (points.get(other) or 0):
            assert board.index(one) < board.index(other)


def test_more_ballots_than_people_are_noticed_and_too_few_or_uncounted_ones_never_compared():
    assert has_ballot_too_many(19, 17)
    assert not has_ballot_too_many(17, 17)
    assert not has_ballot_too_many(None, 1), "fewer than three ballots stay a secret"
    assert not has_ballot_too_many(19, None) and not has_ballot_too_many(19, 0)
