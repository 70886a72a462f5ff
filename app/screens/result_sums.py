"""The sums of a result, and against what its bars are drawn: the same on every screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.domain.figures import MOST_DOTS
from app.domain.hand_counts import total
from app.screens.figures import VoteFigures
from app.screens.hand_figures import HandFigures


class Weighed(Protocol):
    """A theme as a screen shows it, with its points of ballots, and beside them those counted by hand."""

    @property
    def points(self) -> int | None: ...

    @property
    def by_hand(self) -> int | None: ...


class ResultSums:
    """What a screen's view of a result adds up of its `themes`."""

    themes: Sequence[Weighed]
    figures: VoteFigures | None
    hands: HandFigures | None

    @property
    def most(self) -> int:
        """The largest number of points."""
        return max((theme.points or 0 for theme in self.themes), default=0)

    @property
    def points(self) -> int:
        return sum(theme.points or 0 for theme in self.themes)

    @property
    def by_hand(self) -> int | None:
        """All points counted by hand, never in `points`; None where nobody counted."""
        return total(theme.by_hand for theme in self.themes)

    @property
    def most_by_hand(self) -> int:
        """The largest number of points counted by hand."""
        return max((theme.by_hand or 0 for theme in self.themes), default=0)

    @property
    def longest_by_hand(self) -> int:
        """Against which bars are drawn where no ballots tell of points: the most of this count and the one before."""
        return max(self.most_by_hand, self.hands.most_before if self.hands else 0)

    @property
    def longest(self) -> int:
        """The points against which each bar is drawn: the most of this vote and the one before it."""
        return max(self.most, self.figures.most_before if self.figures else 0)

    @property
    def shows_dots(self) -> bool:
        """Whether a bar as long as a laptop's or a big screen's shows a dot for each point."""
        return self.longest <= MOST_DOTS
