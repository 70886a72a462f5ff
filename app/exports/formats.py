"""What a format is, and how a session becomes a file in one."""

from __future__ import annotations

import functools
import importlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import anyio.to_thread
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.report import Report
from app.screens.report import build_report
from app.store import owner_settings

LONGEST_STEM = 60
Write = Callable[[Report, str], bytes]


class Purpose(StrEnum):
    """What somebody wants a file for, in the order in which a menu offers them."""

    READ = "read"
    WRITE = "write"
    COUNT = "count"
    SHOW = "show"
    AGREED = "agreed"
    KEEP = "keep"


@dataclass(frozen=True)
class Format:
    """One file format: `write` turns a report into its bytes, with headings and dates in a language.

    `title` is what a menu calls it (marked with N_), `ending` that of its file where it is not the name. One that is
    `of_a_question` can be made of a single question; one that is `without_words` is the same in every language; `aside`
    is what is so much work that the press makes it.
    """

    name: str
    media_type: str
    write: Write
    title: str = ""
    purpose: Purpose = Purpose.KEEP
    ending: str = ""
    of_a_question: bool = False
    without_words: bool = False
    aside: bool = False


@dataclass(frozen=True)
class WrittenBy:
    """The `write` of a module that is read at its first use: a library for one kind of file would otherwise be in the
    memory of every server, and in the start of every command."""

    module: str

    def __call__(self, report: Report, language: str) -> bytes:
        made: bytes = importlib.import_module(self.module).write(report, language)
        return made


def about(report: Report, number: int) -> Report:
    """The report of one of its questions. Raises LookupError when there is none with this number."""
    chosen = tuple(question for question in report.asked if question.number == number)
    if not chosen:
        raise LookupError(f"there is no question {number}")
    return replace(report, questions=chosen)


async def export(
    db: AsyncSession, session_id: int, chosen: Format, language: str, question: int | None = None
) -> bytes:
    """A session as it stands now, or one question of it, as the bytes of a file.

    Raises SessionGone when there is no such session, LookupError when it has no such question.
    """
    await owner_settings.refresh(db)
    report = await build_report(db, session_id)
    return await written(about(report, question) if question is not None else report, chosen, language)


async def written(report: Report, chosen: Format, language: str) -> bytes:
    """A report in a format, made in a thread so that nobody's statement waits for it."""
    return await anyio.to_thread.run_sync(functools.partial(chosen.write, report, language))


def file_name(report: Report, chosen: Format) -> str:
    """`2005-08-18 wijkteam Buytenwegh de Leyens.pdf`, of a picture of one question `… Leyens.2.svg`: letters of any
    script, and no sign a file system refuses."""
    only = report.asked[0].number if chosen.of_a_question and len(report.asked) == 1 else None
    return file_name_of(report.held_on, report.group or report.title, ending_of(chosen, only))


def ending_of(chosen: Format, question: int | None = None) -> str:
    """What the name of a file ends in: `pdf`, `summary.pdf`, of a picture of one question `2.svg`."""
    ending = chosen.ending or chosen.name
    return ending if question is None else f"{question}.{ending}"


def file_name_of(day: date, name: str, ending: str) -> str:
    """The day, then as much of a name as a file system takes."""
    named = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w .,()&+-]", " ", named)
    stem = " ".join(kept.split())[:LONGEST_STEM].strip(" .")
    return f"{day.isoformat()} {stem}".strip() + f".{ending}"
