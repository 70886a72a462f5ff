"""Reads sessions whose statements stand under themes already (docs/session-file.md), to measure suggestions by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class LabelledTheme:
    """A theme as the group and its moderator left it."""

    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class LabelledQuestion:
    """A question with its themes in printed order; `session` counts from 1, and so does `number` in it."""

    session: int
    number: int
    text: str
    themes: tuple[LabelledTheme, ...]

    @property
    def size(self) -> int:
        """How many statements stand under its themes."""
        return sum(len(theme.statements) for theme in self.themes)


def read_labelled(path: Path) -> tuple[LabelledQuestion, ...]:
    """The questions of all sessions in a file that can be measured: two themes or more, with statements.

    Only themes and statements are read; what a replay needs besides may be absent. Raises ValueError with one sentence.
    """
    try:
        sessions = json.loads(path.read_bytes().decode("utf-8-sig"))["sessions"]
        questions = [
            LabelledQuestion(session_number, number, _text(question["text"]), _themes(question))
            for session_number, session in enumerate(sessions, 1)
            for number, question in enumerate(session["questions"], 1)
        ]
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not a text in UTF-8") from error
    except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is not a file of sessions as docs/session-file.md describes it") from error
    measurable = tuple(question for question in questions if len(question.themes) > 1 and question.size)
    if not measurable:
        raise ValueError(f"{path} holds no question with statements under two themes or more")
    return measurable


def _themes(question: dict[str, Any]) -> tuple[LabelledTheme, ...]:
    return tuple(
        LabelledTheme(_text(theme["name"]), tuple(_text(text) for text in theme.get("statements") or ()))
        for theme in question.get("themes") or ()
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
