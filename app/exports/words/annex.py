"""The annex: every ballot of the votes that anyone can verify, in the random order in which the report holds them."""

from __future__ import annotations

from app.domain.report import Report
from app.domain.report_questions import ReportQuestion
from app.domain.report_rounds import ReportRound
from app.exports.words.tables import Table
from app.screens.render import translations

# Nothing that somebody could take for a code.
NO_CODE = "–"


def annex(report: Report, language: str) -> list[Table]:
    """A table for each vote whose ballots may be told; empty where none may."""
    return [_ballots(question, vote, language) for question in report.asked for vote in question.rounds if vote.each]


def _ballots(question: ReportQuestion, vote: ReportRound, language: str) -> Table:
    _ = translations(language).gettext
    named = ", ".join(f"{figure.letter}: {figure.name}" for figure in vote.figures)
    explained = _("Every ballot in random order; a row is one ballot, a column the points it gave to a theme.")
    if any(ballot.code is None for ballot in vote.each):
        explained += " " + _("A ballot without a code was given on a phone that runs no scripts.")
    rows = [[ballot.code or NO_CODE, *(str(given) if given else "" for given in ballot.points)] for ballot in vote.each]
    return {
        "title": _("All ballots: question %(question)s, vote %(vote)s")
        % {"question": question.number, "vote": vote.number},
        "note": f"{explained} {named}.",
        "columns": [3, *(1 for _figure in vote.figures)],
        "header": [_("Code"), *(figure.letter for figure in vote.figures)],
        "rows": rows,
    }
