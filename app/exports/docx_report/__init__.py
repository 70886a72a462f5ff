"""The report as a Word document for a secretary to go on with."""

from app.exports.formats import Format, Purpose, WrittenBy
from app.screens.render import N_

FORMAT = Format(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    WrittenBy("app.exports.docx_report.document"),
    N_("Word document (docx)"),
    Purpose.WRITE,
    aside=True,
)
