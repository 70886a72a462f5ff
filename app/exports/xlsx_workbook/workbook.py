"""Writes the workbook: texts stay texts whatever they begin with, numbers and dates are numbers and dates."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.worksheet import Worksheet

from app.domain.report import Report
from app.exports.tables import Cell, Table, tables
from app.exports.visible import visible
from app.exports.words.titles import title_of

# Nothing of ours is ever to become a formula, a link or a number by looking like one.
OPTIONS = {
    # Otherwise what people wrote would stand in temporary files for a while.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROW, WIDE, WIDEST = 10, 28, 60
LONG_TEXT = 24
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def write(report: Report, language: str) -> bytes:
    """A workbook with a sheet per table, its headings fixed in view and its columns to be filtered."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {
            "title": visible(title_of(report)),
            "author": "Moderato",
            # The day of the session: when the file was made would tell when somebody asked for it.
            "created": datetime.combine(report.held_on, time()),
        }
    )
    looks = {
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    for table in tables(report, language):
        _fill(book.add_worksheet(_NOT_IN_A_SHEET_NAME.sub(" ", table.title)[:31]), table, looks)
    book.close()
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table, looks: dict[str, Look]) -> None:
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _width(table, column))
    for column, heading in enumerate(table.columns):
        sheet.write_string(0, column, heading, looks["head"])
    for place, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _width(table: Table, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    return NARROW if longest <= NARROW else WIDE if longest <= LONG_TEXT else WIDEST


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, Look]) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, looks["text"])
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, looks["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), looks["day"])
    elif cell:
        sheet.write_string(row, column, visible(cell), looks["text"])
