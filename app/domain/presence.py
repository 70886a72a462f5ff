"""How many people are here and have done something: counts, and never who of the participants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModeratorHere:
    """Who leads, in an open control room: moderators have accounts and see each other's names."""

    id: int
    name: str


@dataclass(frozen=True)
class Presence:
    """`submitted` and `ready` are None while nobody can know them, just after the server came back.

    `moderators` are the names of those with a control room open, each once.
    """

    connected: int = 0
    submitted: int | None = None
    ready: int | None = None
    moderators: tuple[str, ...] = ()
