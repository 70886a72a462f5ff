"""The themes of a question as a drawing for slides, its words as text that can be read aloud, found and changed."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as Xml

from app.domain.report import Report
from app.exports.chart.drawing import DOT, INK, MUTED, PAPER, WIDTH, Box, Dot, Words, drawn
from app.exports.formats import Format, Purpose
from app.exports.visible import visible
from app.screens.render import N_

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = "'Atkinson Hyperlegible Next', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Math', 'Noto Emoji', sans-serif"


def write(report: Report, language: str) -> bytes:
    """The picture as SVG. A sign that XML can't hold is replaced by a square."""
    picture = drawn(report, language, visible)
    page = _number(width=WIDTH, height=picture.height)
    named = {"role": "img", "aria-labelledby": "title description", "lang": language, "font-family": FONTS}
    root = Xml.Element("svg", {"xmlns": NAMESPACE, **page, "viewBox": f"0 0 {WIDTH} {picture.height}", **named})
    Xml.SubElement(root, "title", {"id": "title", "lang": report.language}).text = picture.title
    Xml.SubElement(root, "desc", {"id": "description"}).text = picture.description
    Xml.SubElement(root, "rect", {**page, "fill": PAPER})
    for shape in picture.shapes:
        if isinstance(shape, Box):
            _box(root, shape)
        elif isinstance(shape, Dot):
            Xml.SubElement(root, "circle", {**_number(cx=shape.x, cy=shape.y, r=shape.radius), "fill": DOT})
        else:
            _words(root, shape, report.language)
    made: bytes = Xml.tostring(root, "utf-8", xml_declaration=True)
    return made


def _box(root: Xml.Element, box: Box) -> None:
    place = _number(x=box.x, y=box.y, width=box.width, height=box.height, rx=8)
    Xml.SubElement(root, "rect", {**place, "fill": box.fill, "stroke": box.stroke, "stroke-width": "1.5"})


def _words(root: Xml.Element, words: Words, spoken: str) -> None:
    look: dict[str, str] = {"fill": MUTED if words.muted else INK, "font-size": str(words.size)}
    look |= {"font-weight": "700"} if words.bold else {}
    look |= {"text-anchor": "end"} if words.at_the_end else {}
    look |= {"lang": spoken} if words.said else {}
    Xml.SubElement(root, "text", {**_number(x=words.x, y=words.y), **look}).text = words.text


def _number(**sizes: Any) -> dict[str, str]:
    return {name: f"{size:.1f}".removesuffix(".0") for name, size in sizes.items()}


FORMAT = Format("svg", "image/svg+xml", write, N_("Drawing (svg)"), Purpose.SHOW, of_a_question=True)
