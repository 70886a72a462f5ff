"""The formats in which a session can be taken home: one file or folder each, listed here."""

from app.exports import action_table, calendar, csv_table, join_sheet, json_archive, pdf_report, pdf_summary
from app.exports.formats import Format, export, file_name, file_name_of, written
from app.exports.pdf_report.document import can_draw

FORMATS: dict[str, Format] = {
    chosen.name: chosen
    for chosen in (
        pdf_report.FORMAT,
        pdf_summary.FORMAT,
        csv_table.FORMAT,
        json_archive.FORMAT,
        action_table.FORMAT,
        calendar.FORMAT,
    )
}

__all__ = ["FORMATS", "Format", "can_draw", "export", "file_name", "file_name_of", "join_sheet", "written"]
