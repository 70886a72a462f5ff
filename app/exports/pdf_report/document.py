"""Compiles the report's pages with typst."""

from __future__ import annotations

import functools
import json
import logging
import re
import threading
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import typst

from app.domain.report import Report
from app.exports.pdf_report.content import content
from app.exports.pdf_report.fonts import FOLDER

# The root holds the two templates and nothing else: typst can read no file outside it.
ROOT = Path(__file__).parent
TEMPLATE = ROOT / "template.typ"
COMPILATIONS_KEPT = 11
# A large report takes 300 MB while it is made; those who ask for one together wait in their threads.
ONE_AT_A_TIME = threading.Lock()
STANDARD: Literal["ua-1"] = "ua-1"
log = logging.getLogger(__name__)


def write(report: Report, language: str) -> bytes:
    """The report as a tagged PDF that meets PDF/UA-1."""
    pages = json.dumps(content(report, language))
    with ONE_AT_A_TIME:
        made = compile_pages(pages, datetime.combine(report.held_on, time(12), UTC))
        _forget()
    return made


def compile_pages(pages: str, moment: datetime) -> bytes:
    """The template filled with JSON. No text may keep a group from its report: what the standard refuses is written
    without the standard, still tagged, and what typst breaks on is written in plain letters; both are logged."""
    standards: tuple[Literal["ua-1"] | None, ...] = (STANDARD, None)
    for standard in standards:
        try:
            return _compiled(pages, moment, standard)
        except BaseException as error:
            # typst's own defects arrive as a PanicException, which is no Exception and has no public name.
            if not isinstance(error, typst.TypstError) and type(error).__name__ != "PanicException":
                raise
            # Not the error itself: it quotes what somebody wrote.
            log.warning("a report could not be written with standard %s", standard)
    return _compiled(_in_plain_letters(pages), moment, None)


def _in_plain_letters(pages: str) -> str:
    """The same content with every sign outside the Latin alphabets replaced."""
    return re.sub(r"\\u(?!00[2-9a-f]|0[12]|20(?:13|14|18|19))[0-9a-f]{4}", "?", pages)


def _compiled(pages: str, moment: datetime, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        root=str(ROOT),
        font_paths=_fonts(),
        sys_inputs={"content": pages},
        pdf_standards=standard,
        timestamp=moment,
    )
    assert isinstance(made, bytes)
    return made


def _forget() -> None:
    """Empty typst's memory: it keeps all that its last ten compilations made, 270 MB for each large report. Compiling
    nothing as often makes it let go; that takes some milliseconds."""
    for _ in range(COMPILATIONS_KEPT):
        typst.compile(b"", font_paths=_fonts())


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
