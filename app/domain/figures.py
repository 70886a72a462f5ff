"""What a closed vote tells beside its points: places and ties, how firm its top is, how far its ballots are apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.anonymity import is_few
from app.domain.tally import Tally, has_voted

TOP = 3
# Firmness and spread need single ballots. Among fewer they could tell somebody who knows the own ballot of another's.
FEWEST_BALLOTS = 10
# Above these a bar goes without dots: nobody counts them any more. On a phone and on paper bars are shorter.
MOST_DOTS = 40


@dataclass(frozen=True)
class ClosingFigures:
    """What only the ballots can tell, taken from them once, at the close. None where it is not told.

    `stable`: whether the first three would stand in the same order without any one ballot; `spread` by theme.
    """

    stable: bool | None
    spread: Mapping[int, float | None]


def closing_figures(cast: Iterable[Mapping[int, int]], tally: Tally) -> ClosingFigures:
    """How firm the top of a vote is and how far its ballots are apart.

    Both are withheld below ten ballots with a point; how firm, also where fewer than two themes have points; the
    spread of a theme, also where fewer than three gave it points or fewer than three gave it none, since it would
    then describe one or two people, or everybody.
    """
    given = [ballot for ballot in cast if has_voted(ballot)]
    if len(given) < FEWEST_BALLOTS:
        return ClosingFigures(None, dict.fromkeys(tally.points))
    tells_top = sum(1 for points in tally.points.values() if points) > 1
    values: dict[int, list[int]] = {theme: [] for theme in tally.points}
    for ballot in given:
        for theme, points in ballot.items():
            if points and theme in values:
                values[theme].append(points)
    return ClosingFigures(
        is_stable(given, tally.points) if tells_top else None,
        {theme: _told_spread(some, len(given)) for theme, some in values.items()},
    )


def _told_spread(values: Sequence[int], ballots: int) -> float | None:
    if is_few(len(values)) or is_few(ballots - len(values)):
        return None
    return round(mean_difference(values, ballots), 1)


def is_stable(ballots: Iterable[Mapping[int, int]], points: Mapping[int, int]) -> bool:
    """Whether the first three stand apart and would keep their order without any one of the ballots.

    Leave-one-out (the jackknife: Quenouille 1949, Tukey 1958): each ballot is taken off the sums `points` in turn.
    The order changes when a theme passes another, when two come to tie, and when one of the first three is left
    without points. Where two of them tie, or the third and the fourth, it is not stable whatever the ballots: one
    participant more would part them; so it never tells that everybody gave two themes the same. With fewer than
    three themes that have points, those are the first ones. It costs as much as ballots are long, however many
    themes there are.
    """
    order = sorted((theme for theme in points if points[theme]), key=lambda theme: -points[theme])
    top, rest = order[:TOP], order[TOP:]
    return _falls(top, rest, points, {}) and all(_falls(top, rest, points, ballot) for ballot in ballots)


def _falls(top: Sequence[int], rest: Sequence[int], points: Mapping[int, int], without: Mapping[int, int]) -> bool:
    """Whether each of the top has more than the next, the last of them more than all others and than nothing."""
    left = [points[theme] - without.get(theme, 0) for theme in top]
    most = 0
    for theme in rest:
        if points[theme] <= most:
            break  # The others have no more than this one before anything is taken off.
        most = max(most, points[theme] - without.get(theme, 0))
    left.append(most)
    return all(one > other for one, other in zip(left, left[1:], strict=False))


def mean_difference(values: Sequence[int], ballots: int) -> float:
    """By how many points two ballots differ on a theme, on average over all pairs of them.

    Gini's mean difference (Gini 1912): the sum of |a - b| over all pairs of ballots, divided by the number of pairs.
    `values` are the points of those who gave any; the other `ballots` gave 0. Chosen over the standard deviation
    since it is what its sentence says, in points, and no square root has to be explained.
    """
    if ballots < 2:
        return 0.0
    counts = Counter(values)
    counts[0] += ballots - len(values)
    total = below = sum_below = 0
    for value, number in sorted(counts.items()):
        total += number * (value * below - sum_below)
        below += number
        sum_below += number * value
    return total / (ballots * (ballots - 1) / 2)


def places(points: Sequence[int | None]) -> list[int | None]:
    """Each theme's place from 1, in the order given: equal points share one, and no points have none.

    One more than the number of themes with more points: standard competition ranking ("1224"), as in sports.
    """
    first: dict[int, int] = {}
    for place, number in enumerate(sorted((one for one in points if one), reverse=True), 1):
        first.setdefault(number, place)
    return [first[one] if one else None for one in points]


def shared(points: Sequence[int | None]) -> list[bool]:
    """Whether each theme ties with another: has as many points as it, and has any."""
    times = Counter(one for one in points if one)
    return [times[one or 0] > 1 for one in points]


def unspent(ballots: int, budget: int, points: int) -> int:
    """Points that those who voted did not give: ballots times the budget of each, less the points given.

    Cumulative voting lets a voter keep points; who gave none at all cast no ballot, and is not in it.
    """
    return ballots * budget - points
