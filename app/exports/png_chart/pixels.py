"""Draws the picture in our own fonts with typst, as the pages of the report."""

from __future__ import annotations

import functools
import json
import logging
import re
from dataclasses import asdict
from pathlib import Path

import typst

from app.domain.report import Report
from app.exports.chart.drawing import DOT, INK, MUTED, WIDTH, drawn
from app.exports.pdf_report.fonts import FOLDER, Cleaner

TEMPLATE = Path(__file__).with_name("picture.typ")
# 2133 pixels wide, sharp on a large screen; a picture of a whole long day stays within what memory can hold.
POINTS_PER_INCH, MOST_PIXELS_HIGH = 96.0, 10_000
log = logging.getLogger(__name__)


def write(report: Report, language: str) -> bytes:
    """The picture as PNG. A sign that our fonts don't have is replaced by a square."""
    picture = drawn(report, language, Cleaner().clean)
    colours = {"dot": DOT, "ink": INK, "muted": MUTED}
    size = {"width": WIDTH, "height": picture.height}
    told = json.dumps({"lang": language, **colours, **size, "shapes": [asdict(shape) for shape in picture.shapes]})
    density = min(POINTS_PER_INCH, 72 * MOST_PIXELS_HIGH / picture.height)
    try:
        return _compiled(told, density)
    except BaseException as error:
        # typst's own defects arrive as a PanicException, which is no Exception and has no public name.
        if not isinstance(error, typst.TypstError) and type(error).__name__ != "PanicException":
            raise
        # Not the error itself: it quotes what somebody wrote.
        log.warning("a picture could not be drawn; it is drawn in plain letters")
    return _compiled(re.sub(r"\\u[0-9a-f]{4}", "?", told), density)


def _compiled(told: str, density: float) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        sys_inputs={"picture": told},
        format="png",
        ppi=density,
    )
    assert isinstance(made, bytes)
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
