"""The report as headings, paragraphs, lists and tables in reading order: what a text to go on with is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.exports.visible import shown
from app.exports.words.annex import annex
from app.exports.words.figures import rounds_tables, theme_captions
from app.exports.words.method import method
from app.exports.words.sentences import action_table, attendance_table, question_notes, summary
from app.exports.words.tables import Cells, Table
from app.exports.words.titles import heading_of
from app.screens.render import N_, long_date, translate, translations


@dataclass(frozen=True)
class Heading:
    """Level 1 is the title; `said` by people, so in the session's language; behind it stands its `figure`: `(7)`."""

    level: int
    text: str
    figure: str = ""
    said: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more of ours."""

    text: str


@dataclass(frozen=True)
class Items:
    """Statements, each as it was written."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A table; `columns` are shares of the width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[int, ...]


Block = Heading | Paragraph | Items | Listing


def blocks(report: Report, language: str) -> Iterator[Block]:
    """The whole report from its title to how it came about, in a language; statements are never translated."""
    _ = translations(language).gettext
    yield Heading(1, heading_of(report), said=True)
    yield Paragraph(_("Report of the session of %(date)s") % {"date": long_date(language, report.held_on)})
    if report.group and report.title:
        yield Paragraph(report.title)
    yield from _section(2, _("In short"), summary(report, language))
    for question in report.asked:
        yield from _question(report, question, language)
    for table in (action_table(report, language), attendance_table(report, language)):
        if table["rows"]:
            yield from _titled(2, table)
    yield Heading(2, _("About this report"))
    for section in method(report, language):
        yield from _section(3, section["title"], section["paragraphs"])
        yield from [_listing(section["table"])] if section["table"] else []
    for ballots in annex(report, language):
        yield from _titled(2, ballots)


def _section(level: int, title: str, paragraphs: Sequence[str]) -> Iterator[Block]:
    if paragraphs:
        yield Heading(level, title)
        yield from map(Paragraph, paragraphs)


def _question(report: Report, question: ReportQuestion, language: str) -> Iterator[Block]:
    yield Heading(2, f"{question.number}. {question.text}", said=True)
    notes = question_notes(report, question, language)
    if notes:
        yield Paragraph(" ".join(notes))
    for theme in question.themes:
        yield from _theme(question, theme, language)
    if question.unclustered:
        yield Heading(3, translate(language, N_("Without a theme")))
        yield _items(question.unclustered, language)
    for moved in rounds_tables(question, language):
        yield from _titled(3, moved)


def _theme(question: ReportQuestion, theme: ReportTheme, language: str) -> Iterator[Block]:
    yield Heading(3, theme.name, theme.figure, said=True)
    captions = theme_captions(question, theme, language)
    if captions:
        yield Paragraph(" ".join(captions))
    if theme.statements:
        yield _items(theme.statements, language)


def _items(statements: Sequence[ReportStatement], language: str) -> Items:
    return Items(tuple(shown(one, language) for one in statements))


def _titled(level: int, table: Table) -> Iterator[Block]:
    yield Heading(level, table["title"])
    if table["note"]:
        yield Paragraph(table["note"])
    yield _listing(table)


def _listing(table: Cells) -> Listing:
    return Listing(tuple(table["header"]), tuple(map(tuple, table["rows"])), tuple(table["columns"]))
