"""All tables of the report as the sheets of one workbook."""

from app.exports.formats import Format, Purpose, WrittenBy
from app.screens.render import N_

FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    WrittenBy("app.exports.xlsx_workbook.workbook"),
    N_("Spreadsheet (xlsx)"),
    Purpose.COUNT,
    aside=True,
)
