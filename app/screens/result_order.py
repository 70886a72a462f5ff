"""The order of a question's themes in its result: the same on every screen and in every report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from app.domain.hand_counts import weights
from app.domain.tally import ranking
from app.store.tables import RoundTheme

NOTHING_BY_HAND: Mapping[int, int] = MappingProxyType({})


def in_result_order(
    voted: Sequence[RoundTheme], present: Iterable[int], by_hand: Mapping[int, int] = NOTHING_BY_HAND
) -> list[int]:
    """Theme keys by falling points, ties as on the board when that vote opened, then themes made since, in board order.

    `voted` is empty where there was no vote, `present` are the keys of the board now, `by_hand` the points counted by
    hand, which order the themes only where the ballots have none to tell. A theme that was removed since is kept while
    it has points of either kind, so that the sum of all figures stays the number of points given.
    """
    now = list(present)
    kept = [key for one in voted if (key := one.theme_id) in now or one.points or by_hand.get(key)]
    ordering = weights({theme.theme_id: theme.points for theme in voted}, by_hand)
    return ranking(ordering, kept + [key for key in now if key not in kept])
