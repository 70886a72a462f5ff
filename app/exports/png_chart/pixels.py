"""Draws the picture in our own fonts with typst, as the pages of the report."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict
from pathlib import Path

import typst

from app.domain.report import Report
from app.exports.chart.drawing import DOT, INK, MUTED, WIDTH, drawn
from app.exports.fonts import Cleaner
from app.exports.typesetting import is_of_typst, our_fonts

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
        if not is_of_typst(error):
            raise
        # Not the error itself: it quotes what somebody wrote.
        log.warning("a picture could not be drawn; it is drawn in plain letters")
    return _compiled(re.sub(r"\\u[0-9a-f]{4}", "?", told), density)


def _compiled(told: str, density: float) -> bytes:
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=our_fonts(),
        sys_inputs={"picture": told},
        format="png",
        ppi=density,
    )
    assert isinstance(made, bytes)
    return made
