"""A table for spreadsheets: a row per statement, and one for each theme without statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from app.domain.report import Report, ReportQuestion
from app.exports.formats import Format
from app.screens.render import N_, translate

COLUMNS = (
    N_("Question number"),
    N_("Question"),
    N_("Letter"),
    N_("Theme"),
    N_("Points"),
    N_("Statement"),
)
# A spreadsheet runs a cell that begins with one of these. The apostrophe is among them only so that taking one
# leading apostrophe away always gives the exact text back.
_GUARDED = tuple("=+-@\t\r\n＝＋－＠'")


def write(report: Report, language: str) -> bytes:
    """UTF-8 with a byte order mark, semicolons and CRLF: what Excel opens right by a double click in Dutch."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(translate(language, column) for column in COLUMNS)
    for question in report.asked:
        for row in _rows(question):
            table.writerow(guarded(cell) for cell in row)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def _rows(question: ReportQuestion) -> Iterator[tuple[str, ...]]:
    asked = (str(question.number), question.text)
    for theme in question.themes:
        points = str(theme.points) if theme.points else ""
        for text in [one.text for one in theme.statements] or [""]:
            yield (*asked, theme.letter, theme.name, points, text)
    for one in question.unclustered:
        yield (*asked, "", "", "", one.text)


FORMAT = Format("csv", "text/csv; charset=utf-8", write)
