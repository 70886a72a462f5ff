"""The Word document has real headings, lists and tables, in the language of who wrote what."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.report_questions import ReportTheme
from app.exports.docx_report.document import write
from app.exports.visible import visible
from tests.exports.readers import WORD, lines_of_docx, part_of_docx
from tests.exports.reports import PRINTED, a_question, a_report, the_district_team, with_texts, written


def said_as(style: str, made: bytes) -> list[str]:
    return [text for name, text in lines_of_docx(made) if name == style]


def test_questions_and_themes_are_headings_with_their_points() -> None:
    made = write(the_district_team(), "nl")
    assert said_as("Heading1", made) == ["wijkteam Buytenwegh de Leyens"]
    themes = [theme for question in PRINTED[0]["questions"] for theme in question["themes"]]
    wanted = [f"{one['name']} ({one['points']})" if one["points"] else one["name"] for one in themes]
    assert said_as("Heading3", made)[: len(wanted)] == wanted
    questions = [f"{place}. {one['text']}" for place, one in enumerate(PRINTED[0]["questions"], 1)]
    assert [text for text in said_as("Heading2", made) if text[0].isdigit()] == questions


def test_statements_are_items_of_a_list_as_they_were_printed() -> None:
    made = write(the_district_team(), "nl")
    printed = [text for one in PRINTED[0]["questions"] for theme in one["themes"] for text in theme["statements"]]
    assert said_as("Statement", made) == printed
    styles = part_of_docx(made, "word/styles.xml")
    (statement,) = [one for one in styles.iter(f"{WORD}style") if one.get(f"{WORD}styleId") == "Statement"]
    based = statement.find(f"{WORD}basedOn")
    assert based is not None and based.get(f"{WORD}val") == "ListBullet"


def test_every_table_repeats_its_heading_and_breaks_no_row() -> None:
    tables = list(part_of_docx(write(the_district_team(), "nl")).iter(f"{WORD}tbl"))
    assert len(tables) >= 2
    for table in tables:
        rows = list(table.iter(f"{WORD}tr"))
        assert rows[0].find(f"{WORD}trPr/{WORD}tblHeader") is not None
        assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_it_names_its_language_and_that_of_the_statements(language: str, tag: str) -> None:
    made = write(the_district_team(), language)
    styles = part_of_docx(made, "word/styles.xml")
    languages = [one.get(f"{WORD}val") for one in styles.iter(f"{WORD}lang")]
    # First that of the whole document, last that of the style in which statements stand.
    assert languages[0] == tag and languages[-1] == "nl-NL"
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert f"<dc:language>{tag}</dc:language>" in parts.read("docProps/core.xml").decode()


def test_it_has_a_title_and_tells_no_moment_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(write(the_district_team(), "nl"))) as parts:
        facts = parts.read("docProps/core.xml").decode()
        assert {one.date_time[:3] for one in parts.infolist()} == {(1980, 1, 1)}
    assert "Quick scan wijkbeheer nieuwe stijl · wijkteam Buytenwegh de Leyens</dc:title>" in facts
    assert "2005-08-18" in facts


def test_a_line_that_runs_from_right_to_left_does() -> None:
    document = part_of_docx(write(a_report(a_question(unclustered=written("شكرا جزيلا", "dank u"))), "nl"))
    turned = [line for line in document.iter(f"{WORD}p") if line.find(f"{WORD}pPr/{WORD}bidi") is not None]
    assert ["".join(line.itertext()) for line in turned] == ["شكرا جزيلا"]


@settings(max_examples=40, deadline=None)
@given(some.lists(some.text(some.characters()), min_size=1, max_size=4))
def test_any_text_is_an_item_of_its_own(texts: list[str]) -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", "Thema", 1, None, None, written(*texts))))
    assert said_as("Statement", write(report, "nl")) == [visible(text) for text in texts]


def test_what_xml_cant_hold_is_a_square() -> None:
    made = write(with_texts(["a\x07b \ud800 \ufffe\nc"]), "nl")
    assert said_as("Statement", made)[0] == "a□b □ □ c"
