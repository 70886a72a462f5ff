"""All tables of the report, each a file of its own that a spreadsheet opens."""

from __future__ import annotations

from app.domain.report import Report
from app.exports.formats import Format, Purpose, file_name_of
from app.exports.guarded import guarded_table
from app.exports.packed import packed
from app.exports.tables import tables
from app.screens.render import N_


def write(report: Report, language: str) -> bytes:
    """A zip of guarded tables, named in the language, as `2005-08-18 Uitspraken.csv`."""
    return packed(
        {
            file_name_of(report.held_on, table.title, "csv"): guarded_table(table, language)
            for table in tables(report, language)
        }
    )


FORMAT = Format("csv-zip", "application/zip", write, N_("All tables (zip)"), Purpose.COUNT, ending="zip")
