"""How right a ranking and a grouping are, beside chance: standard measures, each a few lines to check by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True)
class Hits:
    """Of how many statements the right theme came first, and among the first three; and what chance expects of both."""

    first: float = 0
    three: float = 0
    chance_first: float = 0
    chance_three: float = 0
    statements: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.first + other.first,
            self.three + other.three,
            self.chance_first + other.chance_first,
            self.chance_three + other.chance_three,
            self.statements + other.statements,
        )


def hits(scores: Sequence[float], right: int) -> Hits:
    """One statement's, from its score for each theme and the place of the right one.

    A theme that scores the same comes before the right one: ties are misses. So is a score of 0, which suggests
    nothing. Chance is a random order of the same themes: 1 and 3 of their number.
    """
    before = sum(1 for place, score in enumerate(scores) if place != right and score >= scores[right])
    is_scored = scores[right] > 0
    return Hits(
        first=is_scored and before < 1,
        three=is_scored and before < 3,
        chance_first=1 / len(scores),
        chance_three=min(1.0, 3 / len(scores)),
        statements=1,
    )


@dataclass(frozen=True)
class Pairs:
    """Pairs of statements: put together and belonging so, put together, belonging together, and all there are."""

    right: int = 0
    together: int = 0
    belonging: int = 0
    all: int = 0

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(
            self.right + other.right,
            self.together + other.together,
            self.belonging + other.belonging,
            self.all + other.all,
        )

    @property
    def f1(self) -> float:
        """2 · right / (together + belonging), the harmonic mean of precision and recall; 1 when both are none."""
        return 2 * self.right / (self.together + self.belonging) if self.together + self.belonging else 1.0

    @property
    def chance_f1(self) -> float:
        """The F1 that groups of the same sizes have on average when statements are dealt over them at random."""
        expected = self.together * self.belonging / self.all if self.all else 0.0
        return 2 * expected / (self.together + self.belonging) if self.together + self.belonging else 1.0

    @property
    def adjusted_rand(self) -> float:
        """Adjusted Rand index (Hubert, Arabie 1985): 1 for the same partition, 0 on average for a random one."""
        expected = self.together * self.belonging / self.all if self.all else 0.0
        most = (self.together + self.belonging) / 2
        # Where the denominator is 0 both put each apart or all in one: the same partition.
        return (self.right - expected) / (most - expected) if most != expected else 1.0


def pairs(found: Sequence[int], labels: Sequence[int]) -> Pairs:
    """Compares two partitions of the same statements: for each statement the group found and the theme it has."""
    return Pairs(
        right=_within(zip(found, labels, strict=True)),
        together=_within(found),
        belonging=_within(labels),
        all=comb(len(labels), 2),
    )


def _within(groups: Iterable[object]) -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())
