"""Suggestions that a moderator ignored: not made again for this question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Ignored:
    """These statements (ids) under this theme; None: these as a group of their own."""

    statements: frozenset[str]
    theme: int | None


def is_ignored(statements: Collection[str], theme: int | None, ignored: Collection[Ignored]) -> bool:
    """Whether a suggestion was ignored before: the same statements, in whatever order, for the same theme."""
    return Ignored(frozenset(statements), theme) in ignored
