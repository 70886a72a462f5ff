"""The report as tables of typed cells, for spreadsheets; every figure is the report's, none is computed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.exports.visible import shown
from app.exports.words.action_items import status_words
from app.screens.render import N_, translate

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]
QUESTION = (N_("Question number"), N_("Question"))
STATEMENTS = (*QUESTION, N_("Letter"), N_("Theme"), N_("Points"), N_("Statement"), N_("Counted by hand"))
THEMES = (
    *QUESTION,
    N_("Letter"),
    N_("Theme"),
    N_("Points"),
    N_("Counted by hand"),
    N_("Gave points"),
    N_("Average difference"),
    N_("Statements"),
    N_("Carried from"),
)
VOTES = (
    *QUESTION,
    N_("Round"),
    N_("Points per participant"),
    N_("Most points on one theme"),
    N_("Closed"),
    N_("Participants"),
    N_("Points"),
    N_("Unspent"),
    N_("Counted by hand"),
    N_("Order is firm"),
)
FIGURES = (
    *QUESTION,
    N_("Round"),
    N_("Letter"),
    N_("Theme"),
    N_("Points"),
    N_("Counted by hand"),
    N_("Gave points"),
    N_("Average difference"),
)
ACTIONS = (N_("Action"), N_("Theme"), N_("Owner"), N_("Due by"), N_("Status"))
BALLOTS = (*QUESTION, N_("Round"), N_("Ballot"), N_("Code"), N_("Letter"), N_("Theme"), N_("Points"))
SETTINGS = (
    *QUESTION,
    N_("Phases"),
    N_("Points per participant"),
    N_("Most points on one theme"),
    N_("Characters per statement"),
    N_("Statements per participant"),
    N_("Statements hidden by the moderator"),
    N_("Statements left out on request"),
    N_("Statements still being mixed"),
    N_("Anyone can verify the tally"),
)
PHASES = {
    "collect": N_("Collect"),
    "cluster": N_("Group"),
    "vote": N_("Vote"),
    "result": N_("Result"),
}


@dataclass(frozen=True)
class Table:
    """One sheet or file: what it holds, its headings and rows; an empty cell is None, and an unknown figure too."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def tables(report: Report, language: str) -> list[Table]:
    """All tables of a report in a language; those of ballots and of who was there only where the report tells them."""
    found = [
        statements(report, language),
        _table(language, "themes", N_("Themes"), THEMES, _each(report, _themes)),
        _table(language, "votes", N_("Votes"), VOTES, _each(report, _votes)),
        _table(language, "points", N_("Points per vote"), FIGURES, _each(report, _figures)),
        actions(report, language),
    ]
    ballots = _table(language, "ballots", N_("Ballots"), BALLOTS, _each(report, _ballots))
    present = _attendance(report, language)
    settings = _table(language, "settings", N_("Settings"), SETTINGS, _settings(report, language))
    return [*found, *(one for one in (ballots, present) if one.rows), settings]


def statements(report: Report, language: str) -> Table:
    """A row per statement, and one for each theme without statements."""

    def rows(question: ReportQuestion) -> Iterator[Row]:
        for theme in question.themes:
            for one in theme.statements or (ReportStatement(""),):
                yield theme.letter, theme.name, theme.points or None, shown(one, language), theme.by_hand
        for one in question.unclustered:
            yield None, None, None, shown(one, language), None

    found = [(question.number, question.text, *row) for question in report.asked for row in rows(question)]
    return _table(language, "statements", N_("Statements"), STATEMENTS, found)


def actions(report: Report, language: str) -> Table:
    """A row per action item, with in words where it stands."""
    names = report.names
    found: list[Row] = [
        (one.text, names.get(one.theme or ""), one.owner or None, one.due, status_words(one, language))
        for one in report.actions
    ]
    return _table(language, "actions", N_("Action list"), ACTIONS, found)


def _table(language: str, name: str, title: str, columns: tuple[str, ...], rows: Iterator[Row] | list[Row]) -> Table:
    headings = tuple(translate(language, column) for column in columns)
    return Table(name, translate(language, title), headings, tuple(rows))


def _each(report: Report, rows: Callable[[Report, ReportQuestion], Iterator[Row]]) -> Iterator[Row]:
    for question in report.asked:
        for row in rows(report, question):
            yield question.number, question.text, *row


def _themes(report: Report, question: ReportQuestion) -> Iterator[Row]:
    figures = question.last_round.figures if question.last_round else ()
    counted = {figure.theme: figure for figure in figures}
    for theme in question.themes:
        figure = counted.get(theme.id, ReportFigure(theme.id, theme.letter, theme.name))
        carried = report.names.get(theme.carried_from or "")
        yield (*_told(theme, figure), len(theme.statements), carried)


def _told(named: ReportTheme | ReportFigure, figure: ReportFigure) -> Row:
    return named.letter, named.name, named.points or None, named.by_hand, figure.givers, figure.spread


def _votes(_report: Report, question: ReportQuestion) -> Iterator[Row]:
    for vote in question.rounds:
        given = vote.points if vote.ballots is not None else None
        agreed = (vote.number, vote.budget, vote.limit_per_theme, vote.closed)
        yield (*agreed, vote.ballots, given, vote.unspent, vote.by_hand, vote.stable)


def _figures(_report: Report, question: ReportQuestion) -> Iterator[Row]:
    for vote in question.rounds:
        for figure in vote.figures:
            yield (vote.number, *_told(figure, figure))


def _ballots(_report: Report, question: ReportQuestion) -> Iterator[Row]:
    for vote in question.rounds:
        yield from _ballots_of(vote)


def _ballots_of(vote: ReportRound) -> Iterator[Row]:
    for place, ballot in enumerate(vote.each, 1):
        for figure, points in zip(vote.figures, ballot.points, strict=True):
            if points:
                yield vote.number, place, ballot.code, figure.letter, figure.name, points


def _attendance(report: Report, language: str) -> Table:
    """Names with their roles, or roles with how many have them, as far as the report tells."""
    present = report.attendance
    name, title = "attendance", N_("Attendance")
    if present.names:
        return _table(
            language, name, title, (N_("Name"), N_("Role")), [(one, role or None) for one, role in present.names]
        )
    return _table(language, name, title, (N_("Role"), N_("Number")), list(present.roles))


def _settings(report: Report, language: str) -> Iterator[Row]:
    for one in report.asked:
        phases = ", ".join(translate(language, PHASES[phase]) for phase in one.phases)
        asked = (one.number, one.text, phases, one.budget, one.limit_per_theme, one.max_length, one.most_statements)
        yield (*asked, one.hidden, one.redacted, one.waiting, one.verifiable)
