"""The order of a question's themes in its result: the same on every screen and in every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.tally import ranking
from app.store.tables import RoundTheme


def in_result_order(voted: Sequence[RoundTheme], present: Iterable[int]) -> list[int]:
    """Theme keys by falling points, ties as on the board when that vote opened, then themes made since, in board order.

    `voted` is empty where there was no vote, `present` are the keys of the board now. A theme that was removed since
    is kept while it has points, so that the sum of all figures stays the number of points given.
    """
    now = list(present)
    kept = [theme.theme_id for theme in voted if theme.theme_id in now or theme.points]
    return ranking({theme.theme_id: theme.points for theme in voted}, kept + [key for key in now if key not in kept])
