"""The table opens right in a Dutch spreadsheet, and runs nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.report import Report
from app.domain.report_questions import ReportTheme
from app.exports.csv_table import write
from app.exports.guarded import guarded
from tests.exports.reports import a_question, a_report, the_district_team, written

ANY_TEXT = some.text(some.characters(exclude_categories=("Cs",)))
FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def rows(report: Report) -> list[list[str]]:
    """What a reader of semicolons sees, below the heading."""
    text = write(report, "nl").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def test_excel_sees_utf_8_semicolons_and_its_own_line_ends() -> None:
    made = write(the_district_team(), "nl")
    assert made.startswith(
        b'\xef\xbb\xbf"Vraagnummer";"Vraag";"Letter";"Thema";"Punten";"Uitspraak";"Met de hand geteld"\r\n'
    )
    assert made.count(b"\n") == made.count(b"\r\n") == len(rows(the_district_team())) + 1


def test_headings_follow_the_language() -> None:
    assert b'"Question number";"Question";"Letter";"Theme";"Points";"Statement";"Counted by hand"' in write(
        a_report(), "en"
    )


def test_each_statement_has_a_row_with_its_theme_and_points() -> None:
    question = "Wat ervaart u als positief aan de wijkaanpak nieuwe stijl?"
    assert rows(the_district_team())[0] == ["1", question, "A", "Samenwerking", "7", "evenwichtige samenhang", ""]
    assert ["1", question, "G", "Korte lijnen", "", "korte lijnen (communicatie)", ""] in rows(the_district_team())


def test_a_theme_without_statements_has_one_row() -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", "Leeg", 1, 2)))
    assert rows(report) == [["1", "Wat ging er goed?", "A", "Leeg", "2", "", ""]]


def test_what_has_no_theme_has_a_row_without_one() -> None:
    report = a_report(a_question(unclustered=written("los")))
    assert rows(report) == [["1", "Wat ging er goed?", "", "", "", "los", ""]]


def test_points_counted_by_hand_have_a_column_of_their_own() -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", "Thema", 1, 2, None, written("een"), by_hand=9)))
    assert rows(report) == [["1", "Wat ging er goed?", "A", "Thema", "2", "een", "9"]]


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


@given(ANY_TEXT)
def test_taking_one_apostrophe_away_gives_the_exact_text_back(text: str) -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", text, 1, None, None, written(text)), text=text))
    (row,) = rows(report)
    assert [unguarded(row[1]), unguarded(row[3]), unguarded(row[5])] == [text, text, text]
    assert not any(cell.startswith(tuple(FORMULA_SIGNS)) for cell in row)


def test_a_pause_is_in_no_table() -> None:
    pause = replace(a_question(number=0, text="Koffie"), kind="pause", phases=("pause",))
    asked = a_question(text="Wat nu?", unclustered=written("doorgaan"))
    table = write(a_report(pause, asked), "nl").decode("utf-8-sig")
    assert "Koffie" not in table and '"1";"Wat nu?"' in table
