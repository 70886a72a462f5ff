"""The report as A4 pages: tagged, by typst, in Dutch or English."""

from app.exports.formats import Format, Purpose
from app.exports.pdf_report.document import write
from app.screens.render import N_

FORMAT = Format("pdf", "application/pdf", write, N_("Report (pdf)"), Purpose.READ, aside=True)
