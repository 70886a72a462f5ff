"""Reads the archive of a session strictly: what is not exactly an archive is refused with the place where."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from app.domain.agenda import numbered
from app.domain.archive import check_archived, damaged
from app.domain.refusals import Reason, Refusal
from app.domain.report import (
    Report,
    ReportAction,
    ReportAttendee,
    ReportFigure,
    ReportQuestion,
    ReportRound,
    ReportTheme,
)
from app.exports.archive_shape import (
    Archive,
    ArchivedAction,
    ArchivedQuestion,
    ArchivedRound,
    ArchivedStatement,
    ArchivedTheme,
)
from app.languages import LANGUAGES
from app.screens.archive import FORMAT, VERSION

MEGABYTES = 20
LARGEST_ARCHIVE = MEGABYTES * 1024 * 1024
# The largest session there can be is a tenth of this; more would keep the one writer busy for seconds.
MOST_OBJECTS = 100_000
LARGEST_NUMBER = 2**53
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(content: bytes) -> Report:
    """The session of an archive as it was exported; its id and code mean nothing here.

    Raises Refusal for what is no archive, for a newer version, for one too large and for a damaged one.
    """
    holds_too_much = content.count(b"{") > MOST_OBJECTS or content.count(b",") > 10 * MOST_OBJECTS
    if len(content) > LARGEST_ARCHIVE or holds_too_much:
        raise Refusal(Reason.ARCHIVE_TOO_LARGE, limit=MEGABYTES)
    found = _parsed(content.removeprefix(BYTE_ORDER_MARK))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refusal(Reason.NOT_AN_ARCHIVE)
    version = found.get("version")
    if type(version) is int and version > VERSION:
        raise Refusal(Reason.ARCHIVE_NEWER)
    if type(version) is not int or version != VERSION:
        raise damaged("version")
    try:
        archive = Archive.model_validate(found)
    except ValidationError as error:
        raise damaged(_place(error.errors(include_url=False, include_input=False)[0]["loc"])) from None
    return check_archived(_report(archive))


def _parsed(content: bytes) -> Any:
    """The JSON. Raises Refusal where it can't be read: damaged when it began as an archive, else none of ours."""
    begins_as_ours = content.lstrip()[:1] == b"{" and FORMAT.encode() in content[:200]
    try:
        return json.loads(
            content.decode(), object_pairs_hook=_without_doubles, parse_constant=_refuse_constant, parse_int=_whole
        )
    except UnicodeDecodeError as error:
        place = str(content.count(b"\n", 0, error.start) + 1)
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
    except RecursionError:
        place = "{{{"
    raise damaged(place) if begins_as_ours else Refusal(Reason.NOT_AN_ARCHIVE)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Counted once for all: a file may have a million names, and counting them for each would take hours.
        often = Counter(name for name, _ in pairs)
        raise damaged(_shortened(next(name for name, times in often.items() if times > 1)))
    return found


def _refuse_constant(name: str) -> Any:
    raise damaged(name)


def _whole(digits: str) -> int:
    """Python would take seconds over a number of a million digits, and the database nothing above 64 bits."""
    if len(digits) > 16 or abs(int(digits)) > LARGEST_NUMBER:
        raise damaged(_shortened(digits))
    return int(digits)


def _shortened(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[:20])
    return shown if len(text) <= 20 else f"{shown}…"


def _place(steps: Sequence[int | str]) -> str:
    """`questions[0].themes[2].name`."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{_shortened(step)}" for step in steps)
    return written.removeprefix(".")


def _report(archive: Archive) -> Report:
    session = archive.session
    if session.language not in LANGUAGES:
        raise damaged("session.language")
    return Report(
        session_id=session.id,
        code=session.code,
        title=session.title,
        group=session.group,
        held_on=_day(session.date, "session.date"),
        language=session.language,
        status=session.status,
        mixing=session.mixing,
        shared=session.report_shared,
        questions=tuple(_question(number or 0, question) for number, question in numbered(archive.questions)),
        actions=tuple(_action(action, index) for index, action in enumerate(archive.actions)),
        attendees=tuple(ReportAttendee(person.name, person.role) for person in archive.attendees),
        starts_at=session.starts_at,
        names_in_report=session.names_in_report,
        roles_in_report=session.roles_in_report,
    )


def _question(number: int, question: ArchivedQuestion) -> ReportQuestion:
    return ReportQuestion(
        id=question.id,
        number=number,
        text=question.text,
        kind=question.kind,
        phases=tuple(question.settings.phases),
        phase=question.phase,
        budget=question.settings.budget,
        limit_per_theme=question.settings.limit_per_theme,
        max_length=question.settings.max_length,
        most_statements=question.settings.most_statements,
        rounds=tuple(_round(vote) for vote in question.rounds),
        themes=tuple(_theme(theme) for theme in question.themes),
        unclustered=_texts(question.unclustered),
        waiting=question.waiting,
        hidden=question.hidden,
        minutes=question.settings.minutes,
        skipped=question.skipped,
        statements_on_phones=question.settings.statements_on_phones,
        takes_proposals=question.settings.takes_proposals,
    )


def _round(vote: ArchivedRound) -> ReportRound:
    figures = tuple(ReportFigure(one.theme, one.letter, one.name, one.points, one.givers) for one in vote.themes)
    return ReportRound(vote.number, vote.budget, vote.limit_per_theme, vote.closed, vote.ballots, figures)


def _theme(theme: ArchivedTheme) -> ReportTheme:
    texts = _texts(theme.statements)
    return ReportTheme(theme.id, theme.letter, theme.name, theme.position, theme.points, theme.carried_from, texts)


def _texts(statements: Sequence[ArchivedStatement]) -> tuple[str, ...]:
    return tuple(statement.text for statement in statements)


def _action(action: ArchivedAction, index: int) -> ReportAction:
    due = _day(action.due, f"actions[{index}].due") if action.due is not None else None
    return ReportAction(action.text, action.theme, action.owner, due, action.status == "done")


def _day(text: str, place: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise damaged(place) from None
    if found.isoformat() != text:
        raise damaged(place)
    return found
