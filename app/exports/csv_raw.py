"""The statements for programs: exact texts, columns whose names never change, and no guard against spreadsheets."""

from __future__ import annotations

import csv
import io

from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.exports.formats import Format, Purpose
from app.exports.visible import encoded
from app.screens.render import N_

COLUMNS = ("question_number", "question", "letter", "theme", "points", "counted_by_hand", "statement", "redacted")


def write(report: Report, _language: str) -> bytes:
    """As RFC 4180 has it: UTF-8, commas, CRLF; the same in every language. An unknown figure is empty."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for question in report.asked:
        for theme in question.themes:
            for one in theme.statements or (None,):
                rows.writerow(_row(question, theme, one))
        for one in question.unclustered:
            rows.writerow(_row(question, None, one))
    return encoded(out.getvalue())


def _row(question: ReportQuestion, theme: ReportTheme | None, one: ReportStatement | None) -> tuple[object, ...]:
    named = (theme.letter, theme.name, theme.points or None, theme.by_hand) if theme else (None,) * 4
    said = (one.text, "true" if one.redacted else "false") if one else (None, None)
    return question.number, question.text, *named, *said


FORMAT = Format(
    "csv-raw",
    "text/csv; charset=utf-8",
    write,
    N_("Table for programs (csv)"),
    Purpose.COUNT,
    ending="raw.csv",
    without_words=True,
)
