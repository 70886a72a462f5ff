"""The few words that all parts of the model share."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """The method says no, and nothing has changed."""


class Asked(Refused):
    """A person must say first whether to pass over a step or to take the rest of it: so many statements."""

    def __init__(self, rest: int) -> None:
        super().__init__("another moved on what this step touched")
        self.rest = rest


@dataclass(frozen=True)
class Page:
    """What a moderator's form was drawn on."""

    phase: str
    question: int | None
    seq: int
