"""A table for spreadsheets: a row per statement, and one for each theme without statements."""

from __future__ import annotations

from app.domain.report import Report
from app.exports.formats import Format, Purpose
from app.exports.guarded import guarded_table
from app.exports.tables import statements
from app.screens.render import N_


def write(report: Report, language: str) -> bytes:
    """The statements as a table that opens by a double click and runs nothing."""
    return guarded_table(statements(report, language), language)


FORMAT = Format("csv", "text/csv; charset=utf-8", write, N_("Table (csv)"), Purpose.COUNT)
