"""Ballots to a ranking: counted only after the close, and only when there are enough to stay secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.anonymity import FEW


@dataclass(frozen=True)
class Tally:
    """What a closed vote gave: points per theme, how many gave them, and how many ballots held a point."""

    points: Mapping[int, int]
    givers: Mapping[int, int]
    ballots: int

    @property
    def total(self) -> int:
        """All points given; equals the sum of the figures behind the themes."""
        return sum(self.points.values())


def count(ballots: Iterable[Mapping[int, int]], themes: Sequence[int]) -> Tally | None:
    """Add up ballots (theme id to points) over `themes`; None below three ballots with a point, to keep them secret.

    Cumulative voting (Marshall 1853; in groups as "dot voting"): a theme's figure is the sum of the points of all
    ballots. Beside that depth stands its breadth: on how many ballots it has a point, as approval voting would count.
    """
    given = [ballot for ballot in ballots if has_voted(ballot)]
    if len(given) < FEW:
        return None
    points = {theme: sum(ballot.get(theme, 0) for ballot in given) for theme in themes}
    givers = {theme: sum(1 for ballot in given if ballot.get(theme, 0)) for theme in themes}
    return Tally(points, givers, len(given))


def has_voted(ballot: Mapping[Any, int]) -> bool:
    """Whoever gave at least one point has voted, here and on every screen."""
    return any(ballot.values())


def has_ballot_too_many(ballots: int | None, connected: int | None) -> bool:
    """Whether a closed vote counts more ballots than participants were connected at the close.

    Too few ballots to tell (None) are never compared, nor are participants whom nobody could count.
    """
    return ballots is not None and bool(connected) and ballots > int(connected or 0)


def ranking(points: Mapping[int, int | None], tie_order: Sequence[int]) -> list[int]:
    """Themes by falling points; ties, and themes without points, keep the board's order."""
    return sorted(tie_order, key=lambda theme: -(points.get(theme) or 0))
