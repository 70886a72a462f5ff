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


def is_ignored(statements: Collection[str], theme: int | None, ignored: Collection[Ignored]) -> bool:
    """Whether a suggestion was ignored before: the same statements, in whatever order, for the same theme."""
    return Ignored(frozenset(statements), theme) in ignored


def taken_apart(ignored: Collection[Ignored]) -> frozenset[str]:
    """The statements that are stacked no more, not with one that says the same and comes later either."""
    return frozenset(key for one in ignored if one.as_stack for key in one.statements)
