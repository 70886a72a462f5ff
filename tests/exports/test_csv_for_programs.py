"""Tables for programs are exact, and a zip holds every table of the report."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from app.domain.report_questions import ReportStatement, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.exports import csv_raw, csv_zip
from tests.exports.readers import rows_of_raw_csv, tables_of_zip
from tests.exports.reports import PRINTED, a_question, a_report, the_district_team, written

ANY_TEXT = some.text(some.characters(exclude_categories=("Cs",)))


def test_raw_rows_are_as_printed() -> None:
    rows = rows_of_raw_csv(csv_raw.write(the_district_team(), "nl"))
    assert [(row["question_number"], row["theme"], row["points"], row["statement"]) for row in rows] == [
        (str(number), theme["name"], str(theme["points"] or ""), text)
        for number, question in enumerate(PRINTED[0]["questions"], 1)
        for theme in question["themes"]
        for text in theme["statements"] or [""]
    ]


@given(ANY_TEXT)
def test_a_raw_text_is_exactly_what_was_written(text: str) -> None:
    theme = ReportTheme("q1-t1", "A", text, 1, None, None, written(text))
    (row,) = rows_of_raw_csv(csv_raw.write(a_report(a_question(theme, text=text)), "nl"))
    assert (row["question"], row["theme"], row["statement"]) == (text, text, text)


def test_a_raw_row_says_by_itself_what_was_left_out_or_counted_by_hand() -> None:
    left_out = (ReportStatement("", redacted=True),)
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 7, None, left_out, by_hand=2)
    (row,) = rows_of_raw_csv(csv_raw.write(a_report(a_question(theme)), "nl"))
    assert (row["points"], row["counted_by_hand"], row["statement"], row["redacted"]) == ("7", "2", "", "true")


def test_a_zip_has_a_table_of_each_kind_under_the_date() -> None:
    tables = tables_of_zip(csv_zip.write(the_district_team(), "en"))
    names = ["Statements", "Themes", "Votes", "Points per vote", "Action list", "Attendance", "Settings"]
    assert list(tables) == [f"2005-08-18 {name}.csv" for name in names]
    assert tables["2005-08-18 Action list.csv"][1] == [
        "Actiepuntenlijst maken en trekkers bepalen",
        "Vervolgafspraken binnen Wijkteam",
        "Deelnemer 7",
        "2005-09-01",
        "Open",
    ]


def test_a_zip_has_no_table_of_who_was_there_unless_the_report_tells() -> None:
    assert not any("Aanwezig" in name for name in tables_of_zip(csv_zip.write(a_report(), "nl")))


def test_figures_are_written_as_the_spreadsheet_of_the_language_reads_them() -> None:
    figure = ReportFigure("q1-t1", "A", "Thema", 7, 5, None, 0.75)
    report = a_report(a_question(rounds=(ReportRound(1, 3, None, True, 8, (figure,)),)))
    found = [
        tables_of_zip(csv_zip.write(report, language))[f"2026-11-23 {name}.csv"][1][-1]
        for language, name in (("nl", "Punten per stemming"), ("en", "Points per vote"))
    ]
    assert found == ["0,75", "0.75"]
