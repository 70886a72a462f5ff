"""Places and ties, how firm the top is and how far ballots are apart, against their definitions."""

import itertools

from hypothesis import given
from hypothesis import strategies as some

from app.domain.figures import FEWEST_BALLOTS, closing_figures, is_stable, mean_difference, places, shared, unspent
from app.domain.tally import count

THEMES = [1, 2, 3, 4, 5]
ballots = some.lists(some.dictionaries(some.sampled_from(THEMES), some.integers(0, 3)), max_size=14)
# The same ballots several times make wide leads, which chance alone seldom does.
leads = ballots.map(lambda cast: cast * 4)


def summed(cast):
    return {theme: sum(ballot.get(theme, 0) for ballot in cast) for theme in THEMES}


def first_three(cast):
    """The themes on the first three places, or None where these or the fourth tie."""
    points = {theme: given for theme, given in summed(cast).items() if given}
    order = sorted(points, key=lambda theme: -points[theme])
    heads = [points[theme] for theme in order[:4]]
    return order[:3] if len(set(heads)) == len(heads) else None


@given(some.one_of(ballots, leads))
def test_the_top_is_stable_when_leaving_out_any_ballot_gives_the_same_first_three(cast):
    top = first_three(cast)
    without_one = [first_three(cast[:place] + cast[place + 1 :]) for place in range(len(cast))]
    assert is_stable(cast, summed(cast)) == (top is not None and all(one == top for one in without_one))


def test_one_decisive_participant_makes_the_top_unstable_and_a_wide_lead_does_not():
    close = [{1: 2}] * 5 + [{2: 2}] * 4 + [{3: 1}] * 2
    wide = [{1: 2}] * 6 + [{2: 2}] * 4 + [{3: 1}] * 4
    assert not is_stable(close, summed(close)), "without one of the five, 1 and 2 tie"
    assert is_stable(wide, summed(wide))


def test_a_tie_among_the_first_three_or_of_the_third_with_the_fourth_is_never_stable():
    alike = [{1: 1, 2: 1}] * 12
    at_the_edge = [{1: 3, 2: 2, 3: 1, 4: 1}] * 12
    assert not is_stable(alike, summed(alike)), "stable would tell that everybody gave both the same"
    assert not is_stable(at_the_edge, summed(at_the_edge))


def test_with_fewer_than_three_themes_the_first_ones_are_looked_at():
    two = [{1: 2}] * 8 + [{2: 1}] * 4
    left_without = [{1: 2}] * 11 + [{2: 1}]
    assert is_stable(two, summed(two))
    assert not is_stable(left_without, summed(left_without)), "without one, the second has no points"


@given(some.lists(some.integers(0, 5), min_size=2, max_size=12))
def test_the_mean_difference_is_that_of_all_pairs_of_ballots(points):
    pairs = [abs(one - other) for one, other in itertools.combinations(points, 2)]
    given_any = [one for one in points if one]
    assert abs(mean_difference(given_any, len(points)) - sum(pairs) / len(pairs)) < 1e-9


@given(some.lists(some.dictionaries(some.sampled_from(THEMES), some.integers(0, 3)), max_size=FEWEST_BALLOTS - 1))
def test_below_ten_ballots_nothing_is_told_that_needs_single_ones(cast):
    tally = count(cast, THEMES)
    if tally is not None:
        told = closing_figures(cast, tally)
        assert told.stable is None and set(told.spread.values()) == {None}


@given(some.lists(some.dictionaries(some.sampled_from(THEMES), some.integers(0, 3)), min_size=10, max_size=16))
def test_a_spread_never_describes_one_or_two_people_nor_everybody_but_one_or_two(cast):
    tally = count(cast, THEMES)
    if tally is None:
        return
    told = closing_figures(cast, tally)
    for theme in THEMES:
        around = (tally.givers[theme], tally.ballots - tally.givers[theme])
        assert (told.spread[theme] is None) == (tally.ballots < FEWEST_BALLOTS or min(around) < 3)


def test_ballots_without_a_point_count_for_nothing():
    cast = [{1: 2, 2: 1}] * 5 + [{1: 1}] * 5
    empty = [{}, {1: 0}, {2: 0, 1: 0}]
    tally = count(cast, THEMES)
    assert closing_figures([*cast, *empty], tally) == closing_figures(cast, tally)
    assert closing_figures(cast[:9] + empty, count(cast[:9], THEMES)).stable is None


def test_nothing_is_said_of_an_order_of_one_theme():
    cast = [{1: 2}] * 12
    assert closing_figures(cast, count(cast, THEMES)).stable is None


@given(some.lists(some.one_of(some.none(), some.integers(0, 4)), max_size=9))
def test_equal_points_share_a_place_and_the_next_one_is_skipped(points):
    for one, place, is_shared in zip(points, places(points), shared(points), strict=True):
        more = sum(1 for other in points if (other or 0) > (one or 0))
        assert place == (more + 1 if one else None)
        assert is_shared == bool(one and points.count(one) > 1)


def test_what_is_unspent_is_what_those_who_voted_did_not_give():
    assert unspent(12, 2, 21) == 3
    assert unspent(3, 5, 15) == 0


def test_five_thousand_ballots_over_a_hundred_themes_are_looked_at_ballot_by_ballot_not_theme_by_theme():
    asked = 0

    class Counted(dict):
        def get(self, theme, other=None):
            nonlocal asked
            asked += 1
            return super().get(theme, other)

    points = {theme: 100_000 - theme * 100 for theme in range(100)}
    cast = [Counted({number % 100: 2, (number + 1) % 100: 1}) for number in range(5_000)]
    assert is_stable(cast, points)
    assert asked <= 5_000 * 6
