"""The colours of themes on paper and in pictures: eight, where screens have twelve."""

from __future__ import annotations

from typing import TypedDict

from app.domain.themes import tint

EIGHT = "abcdefgh"


class Tint(TypedDict):
    """Which of the eight, and whether its line is double."""

    tint: str
    double: bool


def on_paper(letter: str) -> Tint:
    """The colours of a theme by its letter: those of A to H come back from I on, with a double line."""
    place = ord(tint(letter)) - ord("a")
    return {"tint": EIGHT[place % len(EIGHT)], "double": place >= len(EIGHT)}
