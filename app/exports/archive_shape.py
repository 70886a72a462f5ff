"""The fields of an archive and their types, as docs/archive-format.md describes them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.domain.limits import MOST_STATEMENTS


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
    themes: list[ArchivedFigure]


class ArchivedTheme(Part):
    id: str
    letter: str
    name: str
    position: int | None
    points: int | None
    carried_from: str | None
    statements: list[ArchivedStatement]


class ArchivedSettings(Part):
    phases: list[str]
    budget: int | None
    limit_per_theme: int | None
    max_length: int
    most_statements: int = MOST_STATEMENTS
    minutes: dict[str, int]


class ArchivedQuestion(Part):
    id: str
    text: str
    kind: Literal["open", "guided", "pause"]
    settings: ArchivedSettings
    phase: str
    skipped: bool = False
    rounds: list[ArchivedRound]
    themes: list[ArchivedTheme]
    unclustered: list[ArchivedStatement]
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
    attendees: list[ArchivedAttendee]
    questions: list[ArchivedQuestion]
    actions: list[ArchivedAction]
