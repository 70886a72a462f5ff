"""Reads one session from a file of printed sessions (docs/session-file.md), and refuses what can't be played."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.agenda import LONGEST_NAME, LONGEST_QUESTION
from app.domain.anonymity import FEW
from app.domain.ballots import LARGEST_BUDGET
from app.domain.statements import LENGTHS, check_statement
from app.domain.themes import LONGEST_THEME_NAME, MOST_THEMES
from app.replay.printed import Person, PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.shapes import a_line, a_line_or_none, a_list, a_text, an_object, capital, checked
from app.replay.stops import ReplayStopped

LANGUAGES = ("nl", "en")


def read_session(path: Path, number: int) -> PrintedSession:
    """Session `number`, counted from 1, checked as a whole. Raises ReplayStopped with the first thing that is wrong."""
    sessions = a_list(an_object(_parsed(path), str(path)).get("sessions"), "sessions")
    if not 1 <= number <= len(sessions):
        raise ReplayStopped(f"{path} holds {len(sessions)} session(s), so there is no session {number}.")
    return _session(an_object(sessions[number - 1], f"session {number}"))


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
    people = tuple(_people(a_list(printed.get("participants"), "participants")))
    if not people:
        raise ReplayStopped("The session lists no participants.")
    questions: list[PrintedQuestion] = []
    for number, one in enumerate(a_list(printed.get("questions"), "questions"), 1):
        questions.append(_question(an_object(one, f"question {number}"), number, questions))
        _check_points(questions[-1].points, len(people), number)
    if not questions:
        raise ReplayStopped("The session has no questions.")
    return PrintedSession(
        title=a_line(printed.get("title"), LONGEST_NAME, "the session's title"),
        group=_group(printed),
        held_on=_held_on(a_text(printed.get("date"), "the session's date")),
        language=_language(a_text(printed.get("language"), "the session's language") or LANGUAGES[0]),
        people=people,
        questions=tuple(questions),
    )


def _group(printed: dict[str, Any]) -> str:
    """Group and district together, as people say it: "wijkteam Buytenwegh de Leyens"."""
    parts = [a_line_or_none(printed.get(key), LONGEST_NAME, f"the session's {key}") for key in ("group", "district")]
    return a_line_or_none(" ".join(part for part in parts if part), LONGEST_NAME, "the session's group with district")


def _people(listed: Sequence[Any]) -> Iterator[Person]:
    for number, one in enumerate(listed, 1):
        place = f"participant {number}"
        person = an_object(one, place)
        yield Person(
            a_line_or_none(person.get("name"), LONGEST_NAME, f"the name of {place}"),
            a_line_or_none(person.get("role"), LONGEST_NAME, f"the role of {place}"),
        )


def _question(printed: dict[str, Any], number: int, earlier: Sequence[PrintedQuestion]) -> PrintedQuestion:
    text = a_line(printed.get("text"), LONGEST_QUESTION, f"the text of question {number}")
    themes: list[PrintedTheme] = []
    for at, one in enumerate(a_list(printed.get("themes"), f"themes of question {number}"), 1):
        place = f"theme {at} of question {number}"
        themes.append(_theme(an_object(one, place), place, earlier, themes))
    if len(themes) > MOST_THEMES:
        raise ReplayStopped(f"Question {number} has {len(themes)} themes; there is room for {MOST_THEMES}.")
    return PrintedQuestion(text, tuple(themes))


def _theme(
    printed: dict[str, Any], place: str, earlier: Sequence[PrintedQuestion], beside: Sequence[PrintedTheme]
) -> PrintedTheme:
    source = a_line_or_none(printed.get("from_theme"), LONGEST_THEME_NAME, f"from_theme of {place}")
    return PrintedTheme(
        a_line(printed.get("name"), LONGEST_THEME_NAME, f"the name of {place}"),
        _points(printed.get("points"), place),
        tuple(_statements(a_list(printed.get("statements"), f"statements of {place}"), place)),
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
        checked(lambda kept: check_statement(kept, LENGTHS[-1]), a_text(text, here), here)
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
        raise ReplayStopped(f"{capital(place)} comes from “{name}”, but no earlier question has a theme of that name.")
    free = [namesake for namesake in namesakes if namesake not in taken]
    if not free:
        raise ReplayStopped(f"{capital(place)} comes from “{name}”, which is carried into this question already.")
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
