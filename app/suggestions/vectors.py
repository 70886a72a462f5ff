"""Scores from vectors that came from elsewhere: the same means as the built-in, without words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from operator import mul

from app.suggestions.built_in import DIGITS, SHIPPED
from app.suggestions.hints import KnownTheme
from app.suggestions.linkage import Pair

Vector = Sequence[float]
Vectors = Mapping[str, Vector]


def theme_scores(texts: Sequence[str], themes: Sequence[KnownTheme], vectors: Vectors) -> list[list[float]]:
    """A row for each text with, for each theme, the weighted mean of its cosines with the name and with the members.

    `vectors` has a unit vector for each text, name and member, all of one dimension. Since the mean of cosines is the
    cosine with the mean, one product for each theme is enough, however many statements are under it.
    """
    profiles = [_profile(theme, vectors) for theme in themes]
    return [[round(cosine(vectors[text], profile), DIGITS) for profile in profiles] for text in texts]


def _profile(theme: KnownTheme, vectors: Vectors) -> Vector:
    name = vectors[theme.name]
    members = [vectors[text] for text in sorted(theme.members)] or [name]
    weight, share = SHIPPED.name_weight, 1 / len(members)
    return [
        (weight * here + share * math.fsum(there)) / (weight + 1)
        for here, there in zip(name, zip(*members, strict=True), strict=True)
    ]


def likeness(texts: Sequence[str], vectors: Vectors) -> dict[Pair, float]:
    """The cosine of each pair (lower place, higher place) that is above 0."""
    pairs = combinations(range(len(texts)), 2)
    cosines = ((pair, cosine(vectors[texts[pair[0]]], vectors[texts[pair[1]]])) for pair in pairs)
    return {pair: round(value, DIGITS) for pair, value in cosines if value > 0}


def nearest_text(text: str, theme: KnownTheme, vectors: Vectors) -> str:
    """The name or member of the theme that is most alike; of equals the first in alphabetical order."""
    return max(
        sorted({theme.name, *theme.members}), key=lambda there: round(cosine(vectors[text], vectors[there]), DIGITS)
    )


def cosine(one: Vector, other: Vector) -> float:
    """The product of two unit vectors."""
    return float(sum(map(mul, one, other)))
