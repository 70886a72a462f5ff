"""Suggestions that a moderator ignored, and stacks that were taken apart: not made again for this question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Ignored:
    """These statements (ids) under this theme; None: these as a group of their own, or `as_stack`, as one stack."""

    statements: frozenset[str]
    theme: int | None
    as_stack: bool = False


def ignored_under(ignored: Collection[Ignored]) -> frozenset[tuple[str, int]]:
    """Each statement with a theme it does not belong under, as a moderator said of it alone or of several at once."""
    return frozenset((key, one.theme) for one in ignored if one.theme is not None for key in one.statements)


def is_group_ignored(statements: Collection[str], ignored: Collection[Ignored]) -> bool:
    """Whether two of these were ignored as a group before: with one more or one less it is the same group again."""
    groups = [one for one in ignored if one.theme is None and not one.as_stack]
    return any(len(one.statements.intersection(statements)) > 1 for one in groups)


def taken_apart(ignored: Collection[Ignored]) -> frozenset[str]:
    """The statements that are stacked no more, not with one that says the same and comes later either."""
    return frozenset(key for one in ignored if one.as_stack for key in one.statements)
