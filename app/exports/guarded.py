"""A table as a file that a spreadsheet opens by a double click, and that runs nothing."""

from __future__ import annotations

import csv
import io
from datetime import date

from app.exports.tables import Cell, Table
from app.exports.visible import encoded
from app.screens.render import N_, translate

# A spreadsheet runs a cell that begins with one of these. The apostrophe is among them only so that taking one
# leading apostrophe away always gives the exact text back.
_GUARDED = tuple("=+-@\t\r\n＝＋－＠'")


def guarded_table(table: Table, language: str) -> bytes:
    """UTF-8 with a byte order mark, semicolons and CRLF: what Excel opens right by a double click in Dutch."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(table.columns)
    for row in table.rows:
        rows.writerow(guarded(_written(cell, language)) for cell in row)
    return b"\xef\xbb\xbf" + encoded(out.getvalue())


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def _written(cell: Cell, language: str) -> str:
    if isinstance(cell, bool):
        return translate(language, N_("yes")) if cell else translate(language, N_("no"))
    if isinstance(cell, float):
        # What a Dutch spreadsheet reads as a number; a point would make a date of 1.5.
        return str(cell).replace(".", "," if language == "nl" else ".")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
