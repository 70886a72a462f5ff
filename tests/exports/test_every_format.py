"""The laws that each export format keeps."""

from __future__ import annotations

import csv
import io
import json

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from app.domain.report import Report
from app.exports import FORMATS, Format, file_name
from app.languages import LANGUAGES
from tests.exports.reports import EXACT, a_large_one, a_report, the_district_team, with_texts

WILD = [
    "شكرا جزيلا لكم",
    "W" * 500,
    "汉字 \ud800 \x07 \ufeff",
    "👨‍👩‍👧 🇳🇱 👍🏽",
    "\u202eabc \u2067def",
    '#panic("x") *vet* $x^2$ <label> @ref',
    "x̧̧̧ 𝔎\u0336 \U000e0067",
    "\u200b",
    "",
]


def told(report: Report, chosen: Format, language: str = "nl") -> str:
    """All that can be read in a file, line breaks as spaces, guards taken off."""
    made = chosen.write(report, language)
    if chosen.media_type == "application/pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    elif chosen.name.startswith("csv"):
        rows = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";")
        text = "\n".join(cell.removeprefix("'") for row in rows for cell in row)
    elif chosen.name == "ics":
        events = Calendar.from_ical(made).walk("VEVENT")
        text = "\n".join(str(event[name]) for event in events for name in ("SUMMARY", "DESCRIPTION"))
    else:
        text = "\n".join(texts_in(json.loads(made)))
    return " ".join(text.split())


def texts_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_in(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_in(inner)]
    return [str(value)]


# Of the action items alone; test_action_table.py and test_calendar.py hold them against what was agreed.
ABOUT_ACTIONS = {"csv-actions", "ics"}
# One page has no room for all that was said.
PARTS = ABOUT_ACTIONS | {"pdf-summary"}


@pytest.fixture(params=[one for one in FORMATS.values() if one.name not in PARTS], ids=lambda one: one.name)
def whole(request: pytest.FixtureRequest) -> Format:
    """A format that tells the whole session."""
    found: Format = request.param
    return found


@pytest.fixture(params=FORMATS.values(), ids=lambda chosen: chosen.name)
def chosen(request: pytest.FixtureRequest) -> Format:
    found: Format = request.param
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_every_question_theme_and_statement_as_written(whole: Format, language: str) -> None:
    report = the_district_team()
    text = told(report, whole, language)
    for question in report.questions:
        assert question.text in text
        for theme in question.themes:
            assert theme.name in text
            assert all(statement.text in text for statement in theme.statements)


@pytest.mark.parametrize("written", EXACT)
def test_it_beautifies_nothing(whole: Format, written: str) -> None:
    assert written in told(the_district_team(), whole)
    assert written.encode() in whole.write(the_district_team(), "nl") or whole.name == "pdf"


def test_no_text_that_can_be_typed_is_lost(whole: Format) -> None:
    assert "vet" in told(with_texts(WILD), whole)


def test_no_text_that_can_be_typed_makes_it_fail(chosen: Format) -> None:
    assert chosen.write(with_texts(WILD), "nl")
    assert all(chosen.write(with_texts([text]), "en") for text in WILD)


def test_a_session_without_anything_is_a_file_too(chosen: Format) -> None:
    assert chosen.write(a_report(), "nl")
    assert chosen.write(a_report(title="", group=""), "en")


def test_it_is_the_same_file_twice(chosen: Format) -> None:
    assert chosen.write(the_district_team(), "nl") == chosen.write(the_district_team(), "nl")


def test_two_thousand_statements_are_all_there(whole: Format) -> None:
    assert told(a_large_one(), whole).count("over iets dat de groep bezighoudt") == 2000


def test_its_file_name_has_the_date_and_no_sign_that_a_disk_refuses(chosen: Format) -> None:
    ending = chosen.ending or chosen.name
    assert file_name(the_district_team(), chosen) == f"2005-08-18 wijkteam Buytenwegh de Leyens.{ending}"
    assert file_name(a_report(group='a/b\\c:"d"\r\n'), chosen) == f"2026-11-23 a b c d.{ending}"
