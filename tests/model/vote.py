"""One vote as the method describes it: everybody divides a budget over the themes, and it counts after the close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.model.words import Refused

FEW = 3


@dataclass
class Vote:
    """`ballots` has for each seat the revision that stands and its points per theme."""

    id: int
    number: int
    budget: int
    limit: int | None
    themes: tuple[int, ...]
    ballots: dict[str, tuple[int, dict[int, int]]] = field(default_factory=dict)
    closed: bool = False

    @property
    def has_tally(self) -> bool:
        """Whether enough gave a point for their sum to be told."""
        return sum(any(points.values()) for _, points in self.ballots.values()) >= FEW

    def give(self, seat: str, revision: int, points: dict[int, int]) -> None:
        """The whole allocation. What stands is the highest revision; an older one changes nothing."""
        if self.closed:
            raise Refused("the vote is closed")
        if not set(points) <= set(self.themes) or any(number < 0 for number in points.values()):
            raise Refused("no such points")
        if sum(points.values()) > self.budget:
            raise Refused("over the budget")
        if self.limit is not None and any(number > self.limit for number in points.values()):
            raise Refused("over the limit per theme")
        standing, _ = self.ballots.get(seat, (0, {}))
        if revision > standing:
            self.ballots[seat] = (revision, {theme: number for theme, number in points.items() if number})

    @property
    def given(self) -> list[dict[int, int]]:
        """The ballots with at least one point."""
        return [points for _, points in self.ballots.values() if points]

    def told(self) -> dict[str, Any]:
        """What may be told of this vote now: nothing before the close, nor below three ballots with a point."""
        is_told = self.closed and len(self.given) >= FEW
        sums = {theme: sum(points.get(theme, 0) for points in self.given) for theme in self.themes}
        givers = {theme: sum(theme in points for points in self.given) for theme in self.themes}
        return {
            "closed": self.closed,
            "ballots": len(self.given) if is_told else None,
            "points": [(sums[theme] or None) if is_told else None for theme in self.themes],
            "givers": [givers[theme] if is_told and givers[theme] >= FEW else None for theme in self.themes],
        }
