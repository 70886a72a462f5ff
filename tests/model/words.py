"""The few words that all parts of the model share."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """The method says no, and nothing has changed."""


@dataclass(frozen=True)
class Page:
    """What a moderator's form was drawn on."""

    phase: str
    question: int | None
    seq: int
