"""The fields of an archive and their types, as docs/archive-format.md describes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, FailFast

from app.domain.limits import MOST_STATEMENTS

Item = TypeVar("Item")
# Ends at the first item that is wrong: all errors of a file with a million of them would take a gigabyte.
Many = Annotated[list[Item], FailFast()]
MOST_PHASES = 10


def _few(found: Any) -> Any:
    """The same; of no more names than there can be phases, for the same reason."""
    if isinstance(found, dict) and len(found) > MOST_PHASES:
        raise ValueError("more minutes than phases")
    return found


class Part(BaseModel):
    """A part of the archive: every field of the right type, nothing turned into it; what is unknown is left alone."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class ArchivedSession(Part):
    id: int
    code: str | None
    title: str
    group: str
    date: str
    starts_at: str | None = None
    language: str
    status: Literal["draft", "open", "ended"]
    mixing: bool
    report_shared: bool
    names_in_report: bool = False
    roles_in_report: bool | None = None


class ArchivedAttendee(Part):
    name: str
    role: str


class ArchivedStatement(Part):
    text: str


class ArchivedFigure(Part):
    theme: str | None
    letter: str
    name: str
    points: int | None
    givers: int | None


class ArchivedRound(Part):
    number: int
    budget: int
    limit_per_theme: int | None
    closed: bool
    ballots: int | None
    themes: Many[ArchivedFigure]


class ArchivedTheme(Part):
    id: str
    letter: str
    name: str
    position: int | None
    points: int | None
    carried_from: str | None
    statements: Many[ArchivedStatement]


class ArchivedSettings(Part):
    phases: Many[str]
    budget: int | None
    limit_per_theme: int | None
    max_length: int
    most_statements: int = MOST_STATEMENTS
    statements_on_phones: bool = False
    takes_proposals: bool = False
    minutes: Annotated[dict[str, int], BeforeValidator(_few)]


class ArchivedQuestion(Part):
    id: str
    text: str
    kind: Literal["open", "guided", "pause"]
    settings: ArchivedSettings
    phase: str
    skipped: bool = False
    rounds: Many[ArchivedRound]
    themes: Many[ArchivedTheme]
    unclustered: Many[ArchivedStatement]
    waiting: int
    hidden: int


class ArchivedAction(Part):
    text: str
    theme: str | None
    owner: str
    due: str | None
    status: Literal["open", "done"]


class Archive(Part):
    session: ArchivedSession
    attendees: Many[ArchivedAttendee]
    questions: Many[ArchivedQuestion]
    actions: Many[ArchivedAction]
