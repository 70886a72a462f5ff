"""The formats in which a session can be taken home: one file or folder each."""

from app.exports import join_sheet
from app.exports.all_formats import FORMATS
from app.exports.formats import Format, Purpose, about, ending_of, export, file_name, file_name_of, written
from app.exports.pdf_report.document import LogoCheck

__all__ = [
    "FORMATS",
    "Format",
    "LogoCheck",
    "Purpose",
    "about",
    "ending_of",
    "export",
    "file_name",
    "file_name_of",
    "join_sheet",
    "written",
]
