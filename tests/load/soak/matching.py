"""Finds whom no partner is left for when everybody may have one of those that fit, and each only one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def uncovered(fits: Mapping[int, Sequence[int]]) -> list[int]:
    """Those left over in a largest matching (Kuhn's algorithm); `fits` are each one's possible partners."""
    taken: dict[int, int] = {}
    return [one for one in fits if not _finds_partner(one, fits, taken, set())]


def _finds_partner(one: int, fits: Mapping[int, Sequence[int]], taken: dict[int, int], asked: set[int]) -> bool:
    """Takes a free partner, or one whose present partner finds another."""
    for partner in fits[one]:
        if partner in asked:
            continue
        asked.add(partner)
        if partner not in taken or _finds_partner(taken[partner], fits, taken, asked):
            taken[partner] = one
            return True
    return False
