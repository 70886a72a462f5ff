"""The action items open right in a spreadsheet, with words for where each stands, and run nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from app.domain.report import Report, ReportAction
from app.exports.action_table import write
from tests.exports.reports import a_report, the_district_team

ANY_TEXT = some.text(some.characters(exclude_categories=("Cs",)))


def rows(report: Report, language: str = "nl") -> list[list[str]]:
    text = write(report, language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_each_action_item_has_a_row_with_its_theme_owner_day_and_status() -> None:
    assert rows(the_district_team()) == [
        ["Actie", "Thema", "Eigenaar", "Uiterlijk", "Stand"],
        ["Actiepuntenlijst maken en trekkers bepalen", THEME, "Deelnemer 7", "2005-09-01", "Open"],
        ["Spreekuur bespreken in het overleg", "", "", "", "Open, zonder eigenaar"],
    ]


THEME = the_district_team().names["q2-t1"]


def test_the_status_says_in_words_what_is_overdue_nobodys_done_or_carried_on() -> None:
    late = ReportAction("Bellen", due=date(2026, 1, 1), overdue=True)
    told = [late, replace(late, done=True, overdue=False), replace(late, carried=True, overdue=False)]
    found = [row[-1] for row in rows(a_report(actions=tuple(told)), "en")[1:]]
    assert found == ["Open, overdue, without an owner", "Done", "Carried on"]


@given(ANY_TEXT)
def test_no_cell_runs_and_taking_one_apostrophe_away_gives_the_exact_text_back(text: str) -> None:
    (row,) = rows(a_report(actions=(ReportAction(text, owner=text),)))[1:]
    assert [row[0].removeprefix("'"), row[2].removeprefix("'")] == [text, text]
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) for cell in row)


def test_half_a_sign_does_not_make_it_fail() -> None:
    assert rows(a_report(actions=(ReportAction("half \ud800"),)))[1][0] == "half \ufffd"
