"""The report as A4 pages: tagged, by typst, in Dutch or English."""

from app.exports.formats import Format
from app.exports.pdf_report.document import write

FORMAT = Format("pdf", "application/pdf", write, aside=True)
