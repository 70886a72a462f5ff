"""The workbook has typed cells on a sheet per table, and nothing in it runs."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.report import ReportAction
from app.domain.report_questions import ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.exports.visible import visible
from app.exports.xlsx_workbook.workbook import write
from tests.exports.readers import sheets_of_xlsx
from tests.exports.reports import PRINTED, a_question, a_report, the_district_team, with_texts, written


def test_it_has_a_sheet_per_table_named_in_the_language() -> None:
    dutch, english = (list(sheets_of_xlsx(write(the_district_team(), language))) for language in ("nl", "en"))
    assert dutch == [
        "Uitspraken",
        "Thema’s",
        "Stemmingen",
        "Punten per stemming",
        "Actielijst",
        "Aanwezig",
        "Instellingen",
    ]
    assert english[0] == "Statements" and len(english) == len(dutch)


def test_statements_and_points_are_as_printed() -> None:
    rows = sheets_of_xlsx(write(the_district_team(), "nl"))["Uitspraken"][1:]
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
        (number, theme["name"], theme["points"], text)
        for number, question in enumerate(PRINTED[0]["questions"], 1)
        for theme in question["themes"]
        for text in theme["statements"] or [None]
    ]


def test_numbers_dates_and_yes_or_no_are_what_they_are() -> None:
    figure = ReportFigure("q1-t1", "A", "Thema", 7, 5, 2, 0.75)
    vote = ReportRound(1, 3, None, True, 8, (figure,), stable=True)
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 7, None, written("7"), 2)
    report = a_report(a_question(theme, rounds=(vote,)), actions=(ReportAction("Bellen", due=date(2026, 12, 1)),))
    sheets = sheets_of_xlsx(write(report, "nl"))
    assert sheets["Uitspraken"][1] == [1, "Wat ging er goed?", "A", "Thema", 7, "7", 2]
    assert sheets["Stemmingen"][1][2:] == [1, 3, None, True, 8, 7, 17, 2, True]
    assert sheets["Punten per stemming"][1][2:] == [1, "A", "Thema", 7, 2, 5, 0.75]
    assert sheets["Actielijst"][1] == ["Bellen", None, None, datetime(2026, 12, 1), "Open, zonder eigenaar"]


def test_points_add_up_to_those_of_the_report() -> None:
    report = the_district_team()
    rows = sheets_of_xlsx(write(report, "nl"))["Thema’s"][1:]
    for question in report.questions:
        assert sum(row[4] or 0 for row in rows if row[0] == question.number) == question.points


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "https://voorbeeld.nl", "007", "{=1}", "_x0041_"])
def test_nothing_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    made = write(with_texts([text]), "nl")
    row = sheets_of_xlsx(made)["Uitspraken"][1]
    assert (row[1], row[3], row[5]) == (text, text, text)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@settings(max_examples=40, deadline=None)
@given(some.lists(some.text(some.characters(), min_size=1), min_size=1, max_size=4))
def test_any_text_is_a_cell_of_its_own(texts: list[str]) -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", "Thema", 1, None, None, written(*texts))))
    rows = sheets_of_xlsx(write(report, "nl"))["Uitspraken"][1:]
    assert [row[5] for row in rows] == [visible(text) for text in texts]


def test_it_tells_no_moment_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(write(the_district_team(), "nl"))) as parts:
        assert {one.date_time[:3] for one in parts.infolist()} == {(1980, 1, 1)}
        assert "2005-08-18" in parts.read("docProps/core.xml").decode()
