"""What a format is, and how a session becomes a file in one."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import anyio.to_thread
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.report import Report
from app.screens.report import build_report
from app.store import owner_settings

LONGEST_STEM = 60


@dataclass(frozen=True)
class Format:
    """One file format: `write` turns a report into its bytes, with headings and dates in a language.

    `ending` is that of its file where it is not the name.
    """

    name: str
    media_type: str
    write: Callable[[Report, str], bytes]
    ending: str = ""


async def export(db: AsyncSession, session_id: int, chosen: Format, language: str) -> bytes:
    """A session as it stands now, as the bytes of a file. Raises SessionGone when there is no such session."""
    await owner_settings.refresh(db)
    return await written(await build_report(db, session_id), chosen, language)


async def written(report: Report, chosen: Format, language: str) -> bytes:
    """A report in a format, made in a thread so that nobody's statement waits for it."""
    return await anyio.to_thread.run_sync(functools.partial(chosen.write, report, language))


def file_name(report: Report, chosen: Format) -> str:
    """`2005-08-18 wijkteam Buytenwegh de Leyens.pdf`: letters of any script, and no sign a file system refuses."""
    return file_name_of(report.held_on, report.group or report.title, chosen.ending or chosen.name)


def file_name_of(day: date, name: str, ending: str) -> str:
    """The day, then as much of a name as a file system takes."""
    named = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w .,()&+-]", " ", named)
    stem = " ".join(kept.split())[:LONGEST_STEM].strip(" .")
    return f"{day.isoformat()} {stem}".strip() + f".{ending}"
