"""The action items as a table for spreadsheets."""

from __future__ import annotations

from app.domain.report import Report
from app.exports.formats import Format, Purpose
from app.exports.guarded import guarded_table
from app.exports.tables import actions
from app.screens.render import N_


def write(report: Report, language: str) -> bytes:
    """What, theme, owner, day as 2026-12-07, and where it stands in words."""
    return guarded_table(actions(report, language), language)


FORMAT = Format(
    "csv-actions",
    "text/csv; charset=utf-8",
    write,
    N_("Action list (csv)"),
    Purpose.AGREED,
    ending="actions.csv",
)
