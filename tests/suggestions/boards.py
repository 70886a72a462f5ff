"""Boards to suggest on: the real sessions of 2005, and short ways to write others."""

from __future__ import annotations

from pathlib import Path

from app.suggestions.hints import KnownTheme, LooseStatement
from app.suggestions.labelled import LabelledQuestion, LabelledTheme, read_labelled

FILE = Path(__file__).parents[2] / "app/demo/sessions-2005.json"
QUESTIONS = read_labelled(FILE)


def board(**members: list[str]) -> list[KnownTheme]:
    """Themes by name, numbered from 1: `board(Groen=["meer bomen"])`; an underscore in a name is a space."""
    return [
        KnownTheme(number, name.replace("_", " "), tuple(texts))
        for number, (name, texts) in enumerate(members.items(), 1)
    ]


def loose(*texts: str) -> list[LooseStatement]:
    """Loose statements with ids a, b, c …"""
    return [LooseStatement(chr(ord("a") + place), text) for place, text in enumerate(texts)]


def labelled(**members: list[str]) -> LabelledQuestion:
    """A question with known themes."""
    themes = tuple(LabelledTheme(name, tuple(texts)) for name, texts in members.items())
    return LabelledQuestion(1, 1, "Wat kan beter?", themes)


def real_board(number: int) -> list[KnownTheme]:
    """The finished board of a real question, counted from 0."""
    return [KnownTheme(place, theme.name, theme.statements) for place, theme in enumerate(QUESTIONS[number].themes)]
