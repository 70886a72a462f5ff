"""The action items as a table for spreadsheets, and its rows for any format that has a table of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from app.domain.report import Report
from app.exports.action_words import status_words
from app.exports.csv_table import guarded
from app.exports.formats import Format
from app.screens.render import N_, translate

COLUMNS = (N_("Action"), N_("Theme"), N_("Owner"), N_("Due by"), N_("Status"))
MARK, DELIMITER = "\ufeff", ";"


def rows(report: Report, language: str) -> Iterator[tuple[str, ...]]:
    """What, theme, owner, day as 2026-12-07, status in words; as written, without a guard."""
    names = report.names
    for action in report.actions:
        due = action.due.isoformat() if action.due else ""
        yield action.text, names.get(action.theme or "", ""), action.owner, due, status_words(action, language)


def write(report: Report, language: str) -> bytes:
    """As `csv_table.py` writes: UTF-8 with a byte order mark, semicolons, CRLF, and no cell that runs."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(translate(language, column) for column in COLUMNS)
    table.writerows([guarded(cell) for cell in row] for row in rows(report, language))
    return f"{MARK}{out.getvalue()}".encode(errors="replace")


FORMAT = Format("csv-actions", "text/csv; charset=utf-8", write, ending="actions.csv")
