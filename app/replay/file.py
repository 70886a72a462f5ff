"""Reads one session from a file of printed sessions (docs/session-file.md), and refuses what can't be played."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.agenda import LONGEST_NAME, LONGEST_QUESTION
from app.domain.anonymity import FEW
from app.domain.ballots import LARGEST_BUDGET
from app.domain.refusals import Reason, Refusal
from app.domain.statements import LENGTHS, check_line, check_statement
from app.domain.themes import LONGEST_THEME_NAME, MOST_THEMES
from app.replay.printed import Person, PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.stops import ReplayStopped

LANGUAGES = ("nl", "en")


def read_session(path: Path, number: int) -> PrintedSession:
    """Session `number`, counted from 1, checked as a whole. Raises ReplayStopped with the first thing that is wrong."""
    sessions = _list(_object(_parsed(path), str(path)).get("sessions"), "sessions")
    if not 1 <= number <= len(sessions):
        raise ReplayStopped(f"{path} holds {len(sessions)} session(s), so there is no session {number}.")
    return _session(_object(sessions[number - 1], f"session {number}"))


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ReplayStopped(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ReplayStopped(f"{path} is not a text in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise ReplayStopped(f"{path} is not valid JSON: {error}.") from error


def _session(printed: dict[str, Any]) -> PrintedSession:
    people = tuple(_people(_list(printed.get("participants"), "participants")))
    if not people:
        raise ReplayStopped("The session lists no participants.")
    questions: list[PrintedQuestion] = []
    for number, one in enumerate(_list(printed.get("questions"), "questions"), 1):
        questions.append(_question(_object(one, f"question {number}"), number, questions))
        _check_points(questions[-1].points, len(people), number)
    if not questions:
        raise ReplayStopped("The session has no questions.")
    return PrintedSession(
        title=_line(printed.get("title"), LONGEST_NAME, "the session's title"),
        group=_group(printed),
        held_on=_held_on(_text(printed.get("date"), "the session's date")),
        language=_language(_text(printed.get("language"), "the session's language") or LANGUAGES[0]),
        people=people,
        questions=tuple(questions),
    )


def _group(printed: dict[str, Any]) -> str:
    """Group and district together, as people say it: "wijkteam Buytenwegh de Leyens"."""
    parts = [_optional_line(printed.get(key), LONGEST_NAME, f"the session's {key}") for key in ("group", "district")]
    return _optional_line(" ".join(part for part in parts if part), LONGEST_NAME, "the session's group with district")


def _people(listed: Sequence[Any]) -> Iterator[Person]:
    for number, one in enumerate(listed, 1):
        place = f"participant {number}"
        person = _object(one, place)
        yield Person(
            _optional_line(person.get("name"), LONGEST_NAME, f"the name of {place}"),
            _optional_line(person.get("role"), LONGEST_NAME, f"the role of {place}"),
        )


def _question(printed: dict[str, Any], number: int, earlier: Sequence[PrintedQuestion]) -> PrintedQuestion:
    text = _line(printed.get("text"), LONGEST_QUESTION, f"the text of question {number}")
    themes: list[PrintedTheme] = []
    for at, one in enumerate(_list(printed.get("themes"), f"themes of question {number}"), 1):
        place = f"theme {at} of question {number}"
        themes.append(_theme(_object(one, place), place, earlier, themes))
    if len(themes) > MOST_THEMES:
        raise ReplayStopped(f"Question {number} has {len(themes)} themes; there is room for {MOST_THEMES}.")
    return PrintedQuestion(text, tuple(themes))


def _theme(
    printed: dict[str, Any], place: str, earlier: Sequence[PrintedQuestion], beside: Sequence[PrintedTheme]
) -> PrintedTheme:
    source = _optional_line(printed.get("from_theme"), LONGEST_THEME_NAME, f"from_theme of {place}")
    return PrintedTheme(
        _line(printed.get("name"), LONGEST_THEME_NAME, f"the name of {place}"),
        _points(printed.get("points"), place),
        tuple(_statements(_list(printed.get("statements"), f"statements of {place}"), place)),
        _carried_from(source, place, earlier, [theme.carried_from for theme in beside]) if source else None,
    )


def _points(printed: Any, place: str) -> int:
    """A missing number and a 0 mean the same: no points were given."""
    if printed is None:
        return 0
    if isinstance(printed, bool) or not isinstance(printed, int) or printed < 0:
        raise ReplayStopped(f"The points of {place} are not a whole number from 0, nor null.")
    return printed


def _statements(printed: Sequence[Any], place: str) -> Iterator[str]:
    """As they were printed, since people type what they like; the server strips what it does not keep."""
    for number, text in enumerate(printed, 1):
        here = f"statement {number} of {place}"
        _checked(lambda kept: check_statement(kept, LENGTHS[-1]), _text(text, here), here)
        yield text


def _carried_from(
    name: str, place: str, earlier: Sequence[PrintedQuestion], taken: Sequence[tuple[int, int] | None]
) -> tuple[int, int]:
    """The nearest earlier question's theme of that name; of namesakes the first that is not carried yet."""
    namesakes = [
        (question, theme)
        for question in reversed(range(len(earlier)))
        for theme, candidate in enumerate(earlier[question].themes)
        if candidate.name == name
    ]
    if not namesakes:
        raise ReplayStopped(f"{_capital(place)} comes from “{name}”, but no earlier question has a theme of that name.")
    free = [namesake for namesake in namesakes if namesake not in taken]
    if not free:
        raise ReplayStopped(f"{_capital(place)} comes from “{name}”, which is carried into this question already.")
    return free[0]


def _check_points(points: int, people: int, number: int) -> None:
    ballots = min(points, people)
    if points and ballots < FEW:
        raise ReplayStopped(
            f"The points of question {number} ({points}, of {people} participant(s)) can't come from {FEW} ballots "
            "with a point, and fewer are never counted."
        )
    if points > people * LARGEST_BUDGET:
        raise ReplayStopped(
            f"The points of question {number} are more than {LARGEST_BUDGET} for each of the {people} participants."
        )


def _held_on(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise ReplayStopped(f"The session's date “{written[:40]}” is not a date such as 2005-08-18.") from error


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise ReplayStopped(f"The session's language “{language[:40]}” is none of {', '.join(LANGUAGES)}.")
    return language


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReplayStopped(f"{_capital(place)} is not a JSON object.")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise ReplayStopped(f"What stands under “{place}” is not a list.")
    return value or []


def _text(value: Any, place: str) -> str:
    if value is not None and not isinstance(value, str):
        raise ReplayStopped(f"{_capital(place)} is not a text.")
    return value or ""


def _line(value: Any, longest: int, place: str) -> str:
    return _checked(lambda text: check_line(text, longest), _text(value, place), place)


def _optional_line(value: Any, longest: int, place: str) -> str:
    try:
        return _line(value, longest, place)
    except ReplayStopped as stop:
        cause = stop.__cause__
        if isinstance(cause, Refusal) and cause.reason == Reason.TEXT_MISSING:
            return ""
        raise


def _checked(rule: Callable[[str], str], text: str, place: str) -> str:
    """The text as the server will keep it, by the server's own rule."""
    try:
        return rule(text)
    except Refusal as refusal:
        sentences = {
            Reason.TEXT_NOT_READABLE: "holds half of a character (a lone surrogate)",
            Reason.STATEMENT_TOO_LONG: "has {length} characters, and at most {limit} fit",
            Reason.TEXT_TOO_LONG: "has {length} characters, and at most {limit} fit",
        }
        wrong = sentences.get(refusal.reason, "is empty").format(**refusal.values)
        raise ReplayStopped(f"{_capital(place)} {wrong}.") from refusal


def _capital(place: str) -> str:
    return place[0].upper() + place[1:]
