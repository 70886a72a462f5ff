"""The PDF as a screen reader goes through it, read by another library than wrote it."""

from __future__ import annotations

import functools
import io

from pypdf import PdfReader

from app.exports import pdf_summary
from app.exports.pdf_report.document import write
from tests.exports.reports import the_district_team
from tests.exports.spoken import Element, spoken


@functools.cache
def complete(language: str = "nl") -> Element:
    return spoken(write(the_district_team(), language))


def test_headings_come_in_the_order_of_the_pages() -> None:
    report = the_district_team()
    found = [(one.tag, one.text) for one in complete().all("H1", "H2", "H3")]
    expected = [("H1", report.group), ("H2", "In het kort")]
    for question in report.questions:
        expected.append(("H2", f"{question.number} {question.text}"))
        expected += [("H3", f"{one.name} ({one.points})" if one.points else one.name) for one in question.themes]
    expected += [("H2", "Actielijst"), ("H2", "Aanwezig"), ("H2", "Over dit verslag")]
    assert found[: len(expected)] == expected
    assert {tag for tag, _text in found[len(expected) :]} == {"H3"}


def test_statements_are_items_of_lists_as_they_were_written_and_in_their_order() -> None:
    written = [one.text for question in the_district_team().questions for t in question.themes for one in t.statements]
    assert [item.text for item in complete().all("LBody")] == written


def test_what_people_wrote_is_in_the_language_of_the_session_and_the_rest_in_that_of_the_reader() -> None:
    reader = PdfReader(io.BytesIO(write(the_district_team(), "en")))
    assert reader.root_object["/Lang"] == "en"
    lists = complete("en").all("L")
    assert lists and all(inner.language == "nl" for one in lists for inner in one.all("LBody", "L") if inner.language)
    assert any(inner.language == "nl" for inner in complete("en").all("Span", "LBody", "L", "LI", "P"))


def test_each_table_says_what_its_columns_are() -> None:
    tables = complete().all("Table")
    headers = [[cell.text for cell in table.all("TH")] for table in tables]
    assert headers == [
        ["Actie", "Thema", "Wie", "Wanneer", "Stand"],
        ["Naam", "Rol"],
        ["Nr.", "Vraag", "Thema’s", "Punten per persoon", "Deden mee aan de stemming"],
    ]
    assert {cell.scope for table in tables for cell in table.all("TH")} == {"Column"}
    assert all(len(row.inside) == len(table.all("TH")) for table in tables for row in table.all("TR"))


def test_a_chart_tells_in_words_what_it_shows() -> None:
    first = spoken(pdf_summary.write(the_district_team(), "nl")).all("Figure")[0]
    assert first.alternative.startswith("Samenwerking: 7 punten; Integrale werkwijze (proces+inhoud): 5 punten; ")


def test_it_says_that_it_meets_both_standards() -> None:
    for made in (write(the_district_team(), "nl"), pdf_summary.write(the_district_team(), "en")):
        told = PdfReader(io.BytesIO(made)).root_object["/Metadata"].get_object().get_data()
        assert b"<pdfuaid:part>1</pdfuaid:part>" in told
        assert b"<pdfaid:part>2</pdfaid:part>" in told and b"<pdfaid:conformance>A</pdfaid:conformance>" in told
