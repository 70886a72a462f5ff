"""Lays out the themes of a question: name and points beside a bar with a dot for each point, as on the big screen.

A picture shows one question, since that is what fits a slide; a report of several has one below the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.domain.figures import MOST_DOTS
from app.domain.report import Report
from app.domain.report_questions import ReportTheme
from app.exports.chart.lines import broken
from app.exports.fonts import isolated
from app.exports.tints import on_paper
from app.exports.words.figures import points
from app.exports.words.sentences import question_notes
from app.screens.render import N_, translate

INK, MUTED, PAPER, DOT, NONE = "#1D1B18", "#4A453C", "#FFFFFF", "#B3260A", "none"
TINTS = {
    "a": ("#C0E9FD", "#285F78"),
    "b": ("#F3B17A", "#834600"),
    "c": ("#F6F5B5", "#605B00"),
    "d": ("#EDBEBB", "#7E4644"),
    "e": ("#90D9E2", "#006774"),
    "f": ("#C6E198", "#4A620B"),
    "g": ("#BFACE3", "#62488C"),
    "h": ("#E9DFCC", "#63563E"),
}
WIDTH, MARGIN, SHORTEST = 1600, 72, 900
TITLE, NAME, SMALL, LEADING = 46, 30, 24, 1.3
NAMES_END, BARS_START, BAR, GAP = 600, 628, 56, 22


@dataclass(frozen=True)
class Box:
    """A bar, or with `fill` none its second outline."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str


@dataclass(frozen=True)
class Dot:
    """A point: the middle and how wide it is from there."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Words:
    """A line of text on its baseline; with `at_the_end` it ends at x; `said` by people: in the session's language."""

    text: str
    x: float
    y: float
    size: int
    bold: bool = False
    muted: bool = False
    at_the_end: bool = False
    said: bool = False


@dataclass
class Picture:
    """Shapes on a white page of WIDTH by `height`, and the same in words for whoever doesn't see it."""

    title: str = ""
    description: str = ""
    height: int = SHORTEST
    shapes: list[Box | Dot | Words] = field(default_factory=list)


def drawn(report: Report, language: str, clean: Callable[[str], str]) -> Picture:
    """The picture of the questions that have themes, each text made fit by `clean`; where no points were given stands
    that there is nothing to draw."""
    pictured = [question for question in report.asked if question.themes]
    sheet = _Sheet(clean)
    told = []
    for question in pictured:
        shown = question.themes if question.weights else ()
        notes = " ".join([*question_notes(report, question, language), *([] if shown else [nothing_to_draw(language)])])
        named = f"{', '.join(map(_named, shown))}. " if shown else ""
        told.append(f"{question.text}: {named}{notes}")
        sheet.add(question.text, shown, notes, question.most, language)
    return Picture(
        clean(" · ".join(question.text for question in pictured)),
        clean(" ".join(told) or translate(language, N_("There are no themes yet."))),
        max(SHORTEST, round(sheet.y)),
        sheet.shapes,
    )


def nothing_to_draw(language: str) -> str:
    """What stands where a picture would be empty."""
    return translate(language, N_("No points were given here, so there is nothing to draw."))


def _named(theme: ReportTheme) -> str:
    return " ".join(filter(None, (isolated(theme.name), theme.figure)))


class _Sheet:
    """Where the next line of a picture goes: everything is put below what stands there."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        self.clean, self.y = clean, float(MARGIN)
        self.shapes: list[Box | Dot | Words] = []

    def add(self, asked: str, themes: Sequence[ReportTheme], notes: str, most: int, language: str) -> None:
        """Draw what was asked, the themes, and what has to be known to read their figures."""
        for line in broken(self.clean(asked), TITLE, WIDTH - 2 * MARGIN):
            self._say(line, MARGIN, TITLE, bold=True, said=True)
        self.y += GAP
        for theme in themes:
            self._theme(theme, most, language)
        self.y += GAP
        for line in broken(self.clean(notes), SMALL, WIDTH - 2 * MARGIN):
            self._say(line, MARGIN, SMALL, muted=True)
        self.y += MARGIN

    def _theme(self, theme: ReportTheme, most: int, language: str) -> None:
        """The name in lines and its bar, each in the middle of the row that the higher of both makes."""
        lines = broken(self.clean(isolated(theme.name)), NAME, NAMES_END - MARGIN, theme.figure)
        told = translate(language, N_("Counted by hand: %(points)s."), points=points(theme.by_hand or 0, language))
        high = LEADING * (len(lines) * NAME + (SMALL if theme.by_hand else 0))
        top, row = self.y, max(BAR, high)
        self.y += (row - high) / 2
        for line in lines:
            self._say(line, NAMES_END, NAME, bold=True, at_the_end=True, said=True)
        if theme.by_hand:
            self._say(told, NAMES_END, SMALL, muted=True, at_the_end=True)
        if theme.points:
            self._bar(theme.letter, theme.points, most, top + (row - BAR) / 2)
        self.y = top + row + GAP

    def _bar(self, letter: str, given: int, most: int, top: float) -> None:
        look = on_paper(letter)
        fill, strong = TINTS[look["tint"]]
        length = (WIDTH - MARGIN - BARS_START) * given / most
        self.shapes.append(Box(BARS_START, top, length, BAR, fill, strong))
        if look["double"] and length > 16:
            self.shapes.append(Box(BARS_START + 5, top + 5, length - 10, BAR - 10, NONE, strong))
        apart = length / given
        for place in range(given if most <= MOST_DOTS else 0):
            self.shapes.append(Dot(BARS_START + apart * (place + 0.5), top + BAR / 2, min(13, apart * 0.4)))

    def _say(self, text: str, x: float, size: int, **look: bool) -> None:
        self.y += size * LEADING
        self.shapes.append(Words(text, x, self.y - size * 0.35, size, **look))
