"""One secret ballot: the whole allocation at once, within the budget, changeable until the vote closes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.refusals import Reason, Refusal

LARGEST_BUDGET = 100
LARGEST_PROPOSAL = 20


@dataclass(frozen=True)
class VoteTerms:
    """How many points everybody divides, how many at most on one theme (None: no limit), and whether ballots have a
    code, so that anyone can verify the tally."""

    budget: int
    limit_per_theme: int | None = None
    verifiable: bool = False


def check_allocation(
    points: object, themes: frozenset[int], budget: int, limit_per_theme: int | None
) -> dict[int, int]:
    """The allocation as theme id to points, zeros left out; points may be left unspent.

    Raises Refusal when it is no mapping of whole numbers from 0, names a theme outside this vote,
    or goes over the budget or the limit per theme.
    """
    if not isinstance(points, Mapping):
        raise Refusal(Reason.POINTS_MALFORMED)
    allocation = {_theme(key): _whole(value) for key, value in points.items()}
    if len(allocation) != len(points):
        raise Refusal(Reason.POINTS_MALFORMED)
    if not allocation.keys() <= themes:
        raise Refusal(Reason.THEME_NOT_IN_VOTE)
    if sum(allocation.values()) > budget:
        raise Refusal(Reason.OVER_BUDGET, budget=budget)
    if limit_per_theme is not None and max(allocation.values(), default=0) > limit_per_theme:
        raise Refusal(Reason.OVER_LIMIT_PER_THEME, limit=limit_per_theme)
    return {theme: given for theme, given in sorted(allocation.items()) if given}


def moved(points: Mapping[str, int], theme: str, change: int) -> dict[str, int]:
    """The allocation with so many points more or fewer on one theme; `check_allocation` says whether it may be.

    Raises Refusal where there is no point to take back.
    """
    there = points.get(theme, 0) + change
    if there < 0:
        raise Refusal(Reason.NO_POINT_HERE)
    return {**points, theme: there}


def check_spendable(budget: int, limit_per_theme: int | None, themes: int) -> None:
    """Raises Refusal when so few themes at so few points each leave points that nobody can spend."""
    if limit_per_theme is not None and limit_per_theme * themes < budget:
        raise Refusal(Reason.BUDGET_CANNOT_BE_SPENT, budget=budget, most=limit_per_theme * themes)


def automatic_budget(themes: int) -> int:
    """The points proposed at the start of a vote: one for each three themes, at least 3 and at most 20."""
    return min(LARGEST_PROPOSAL, max(3, math.ceil(themes / 3)))


def _theme(key: object) -> int:
    """Themes are keys of JSON objects, therefore texts of digits."""
    if not isinstance(key, str) or not key.isascii() or not key.isdigit() or len(key) > 15:
        raise Refusal(Reason.POINTS_MALFORMED)
    return int(key)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refusal(Reason.POINTS_MALFORMED)
    return value
