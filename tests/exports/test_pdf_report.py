"""The PDF: tagged, readable aloud, and as it was written; read back with another library than wrote it."""

from __future__ import annotations

import io
import json
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from app.domain.report import Report, ReportAction
from app.domain.report_questions import ReportStatement, ReportTheme
from app.domain.report_rounds import ReportRound
from app.exports.fonts import COVERAGE, REPLACEMENT, Cleaner, closed
from app.exports.pdf_report import document
from app.exports.pdf_report.content import content
from app.exports.pdf_report.document import compile_pages, write
from app.exports.words.method import method
from tests.exports.coverage import coverage
from tests.exports.reports import a_question, a_report, the_district_team, with_texts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(report: Report, language: str = "nl") -> PdfReader:
    return PdfReader(io.BytesIO(write(report, language)))


def text_of(report: Report, language: str = "nl") -> str:
    """All pages, line breaks as spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(report, language).pages).split())


def tags(reader: PdfReader) -> list[str]:
    """The structure in reading order: H1, H2, L, LI, TH …"""

    def walk(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, ArrayObject):
            return [tag for child in node for tag in walk(child)]
        if not isinstance(node, DictionaryObject) or "/K" not in node:
            return []
        own = [str(node["/S"])[1:]] if "/S" in node else []
        return own + walk(node["/K"])

    return walk(reader.root_object["/StructTreeRoot"])


def test_it_has_a_language_a_title_and_is_tagged_for_screen_readers() -> None:
    reader = read(the_district_team())
    assert reader.root_object["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title == "Quick scan wijkbeheer nieuwe stijl · wijkteam Buytenwegh de Leyens"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_object().get_data()


def test_headings_lists_and_table_headers_are_real_ones() -> None:
    found = tags(read(the_district_team()))
    themes = sum(len(question.themes) for question in the_district_team().questions)
    assert found.count("H1") == 1
    assert found.count("H3") == themes + len(method(the_district_team(), "nl"))
    assert found.count("LI") == the_district_team().statement_count
    assert found.count("TH") == 7 + 5


def test_bookmarks_lead_to_questions_and_themes() -> None:
    outline = read(the_district_team()).outline
    inside = outline[1]
    assert isinstance(inside, list)
    titles = [entry.title for entry in inside if not isinstance(entry, list)]
    assert titles[:2] == ["In het kort", "1 Wat ervaart u als positief aan de wijkaanpak nieuwe stijl?"]


@pytest.mark.parametrize(
    ("language", "hidden", "sentence"),
    [
        ("nl", 1, "De moderator heeft 1 uitspraak verborgen."),
        ("nl", 2, "De moderator heeft 2 uitspraken verborgen."),
        ("en", 1, "The moderator has hidden 1 statement."),
        ("en", 2, "The moderator has hidden 2 statements."),
    ],
)
def test_each_question_says_how_many_statements_are_hidden(language: str, hidden: int, sentence: str) -> None:
    found = content(a_report(a_question(hidden=hidden), a_question(number=2)), language)
    assert found["questions"][0]["notes"].count(sentence) == 1
    assert sentence not in found["questions"][1]["notes"]


def test_a_question_whose_vote_was_skipped_says_so_and_one_without_a_vote_does_not() -> None:
    found = content(a_report(a_question(), a_question(number=2, phases=("collect", "cluster", "result"))), "nl")
    told = ["Hierover is niet gestemd." in question["notes"] for question in found["questions"]]
    assert told == [True, False]


def test_pages_say_which_and_of_how_many() -> None:
    reader = read(the_district_team())
    last = len(reader.pages)
    assert f"pagina {last} van {last}" in reader.pages[-1].extract_text()
    assert f"page {last} of {last}" in read(the_district_team(), "en").pages[-1].extract_text()


def test_it_tells_in_short_what_weighs_most() -> None:
    text = text_of(the_district_team())
    assert "Samenwerking (7), Integrale werkwijze (proces+inhoud) (5) en Handelswijze/problemen aanpakken (4)" in text
    assert "wegen het zwaarst: samen 16 van de 20 punten." in text
    assert "Er zijn 2 acties afgesproken, waarvan 1 met een eigenaar." in text


def test_a_zero_is_never_printed() -> None:
    assert "(0)" not in text_of(the_district_team())
    assert "Korte lijnen – korte lijnen tussen partijen -> snel actie" in text_of(the_district_team())


def test_an_ended_session_has_no_code_and_an_open_one_has() -> None:
    assert not re.search(r"sessie \d{3} \d{3}", text_of(the_district_team()))
    assert "sessie 482 915" in text_of(a_report())


def test_few_ballots_give_a_sentence_and_no_figures() -> None:
    withheld = ReportRound(1, 3, None, True, None, ())
    text = text_of(a_report(a_question(ReportTheme("q1-t1", "A", "Thema", 1), rounds=(withheld,))))
    assert "Te weinig stemmen om geheim te blijven." in text
    assert "minder dan 3 deelnemers" in text


def test_the_attendance_list_tells_no_name_unless_the_moderator_says_so() -> None:
    named = the_district_team()
    assert "jongerenwerker" in text_of(named) and named.attendees[0].name in text_of(named)
    usual = text_of(replace(named, names_in_report=False, roles_in_report=False))
    assert "jongerenwerker" not in usual
    assert f"staan {len(named.attendees)} aanwezigen." in usual
    assert set(re.findall(r"Deelnemer \d+", usual)) == {"Deelnemer 7"}, "the owner of an action, and nobody else"
    roles = text_of(replace(named, names_in_report=False, roles_in_report=True))
    assert "jongerenwerker" in roles and set(re.findall(r"Deelnemer \d+", roles)) == {"Deelnemer 7"}
    assert "aanwezigen" not in text_of(replace(named, attendees=()))


def test_what_the_fonts_lack_is_replaced_visibly_and_told() -> None:
    text = text_of(with_texts(["汉字 en \U000e0041 meer"]), "en").replace("\u200b", "")
    assert f"{REPLACEMENT}{REPLACEMENT} en meer" in text
    assert f"{REPLACEMENT} stands in their place: U+5B57, U+6C49." in text


def test_typed_markup_stays_text() -> None:
    written = '#panic("x") #read("/etc/passwd") *vet* _x_ $x^2$ <label> @ref \\ // = kop'
    assert written in text_of(a_report(a_question(unclustered=(ReportStatement(written),))))


def test_a_change_of_direction_ends_with_the_text_that_opened_it() -> None:
    assert closed("a\u202eb\u2067c") == "a\u202eb\u2067c\u2069\u202c"
    assert closed("a\u202eb\u202c") == "a\u202eb\u202c"


def test_a_long_word_stays_on_the_page_and_whole() -> None:
    reader = read(with_texts(["W" * 500]))
    parts = [part for page in reader.pages for part in page.extract_text().split() if set(part) == {"W"}]
    assert max(map(len, parts)) < 60
    assert "".join(parts).startswith("W" * 500)


@settings(max_examples=25, deadline=None)
@given(some.lists(some.text(some.characters(), max_size=40), min_size=1, max_size=10))
def test_no_text_breaks_the_standard(texts: list[str]) -> None:
    logger = logging.getLogger("app.exports.pdf_report.document")
    warned: list[logging.LogRecord] = []
    logger.addFilter(warned.append)  # type: ignore[arg-type]
    try:
        assert write(with_texts(texts), "nl").startswith(b"%PDF")
    finally:
        logger.removeFilter(warned.append)  # type: ignore[arg-type]
    assert not warned


@given(some.text(some.characters()))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = Cleaner().clean(text)
    assert Cleaner().clean(once) == once


def test_a_text_the_standard_refuses_does_not_keep_a_group_from_its_report(caplog: pytest.LogCaptureFixture) -> None:
    pages = json.dumps({**content(a_report(), "nl"), "heading": "geheim \u4e2d"})
    assert compile_pages(pages, NOON).startswith(b"%PDF")
    assert "('ua-1', 'a-2a')" in caplog.text and "geheim" not in caplog.text


def test_a_text_that_typst_breaks_on_is_written_in_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def compiled(pages: str, *_rest: object) -> bytes:
        if "\\u0336" in pages:
            raise PanicException
        return pages.encode()

    monkeypatch.setattr(document, "_compiled", compiled)
    assert json.loads(compile_pages(json.dumps(["é – thema\u2019s \u0336\U0001d58e"]), NOON)) == ["é – thema’s ???"]


def test_the_coverage_table_is_what_the_fonts_say() -> None:
    assert json.loads(COVERAGE.read_text()) == coverage()


def test_an_action_without_owner_or_date_has_empty_cells() -> None:
    report = a_report(actions=(ReportAction("Bellen", done=True),))
    assert "Actie Thema Wie Wanneer Stand Bellen Klaar" in text_of(report)
