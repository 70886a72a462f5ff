"""The report on one page: always one, and it says what it leaves out."""

from __future__ import annotations

import io
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from app.domain.report import Report, ReportAction
from app.domain.report_questions import ReportStatement, ReportTheme
from app.exports import pdf_summary
from tests.exports.reports import a_large_one, a_question, a_report, the_district_team, with_texts


def pages_of(report: Report, language: str = "nl") -> list[str]:
    reader = PdfReader(io.BytesIO(pdf_summary.write(report, language)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_it_has_the_outcome_of_each_question_and_what_was_agreed() -> None:
    (page,) = pages_of(the_district_team())
    assert "Samenvatting van de sessie van 18 augustus 2005" in page
    assert all(question.text in page for question in the_district_team().questions)
    assert "Samenwerking (7)" in page and "Vervolgafspraken binnen Wijkteam (6)" in page
    assert "Actiepuntenlijst maken en trekkers bepalen – Deelnemer 7, 1 september 2005, Open" in page
    assert "Spreekuur bespreken in het overleg – Open, zonder eigenaar" in page
    assert "pagina 1 van 1" in page


def test_it_says_how_many_themes_it_has_no_room_for() -> None:
    assert "en nog 4 thema’s" in pages_of(the_district_team())[0]


def test_a_question_that_came_to_no_theme_says_how_much_was_written() -> None:
    loose = (ReportStatement("een"), ReportStatement("twee"))
    (page,) = pages_of(a_report(a_question(unclustered=loose)))
    assert "2 uitspraken, onder geen thema." in page
    many = a_report(*(a_question(number=number, unclustered=loose) for number in range(1, 41)))
    assert len(pages_of(many)) == 1


def many_questions() -> Report:
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 5)
    return a_report(*(a_question(theme, number=number, text=f"Vraag {number}?") for number in range(1, 41)))


def many_actions() -> Report:
    return a_report(actions=tuple(ReportAction(f"Afspraak {number} die gemaakt is") for number in range(1, 61)))


@pytest.mark.parametrize(
    ("report", "sentence"),
    [(a_large_one(), "(29)"), (many_questions(), "vragen"), (many_actions(), "acties"), (a_report(), "1 van 1")],
    ids=["large", "questions", "actions", "empty"],
)
def test_it_is_one_page_however_much_there_is(report: Report, sentence: str) -> None:
    (page,) = pages_of(report)
    assert sentence in page


@settings(max_examples=15, deadline=None)
@given(some.lists(some.text(some.characters(), max_size=40), min_size=1, max_size=10))
def test_no_text_breaks_the_standards(texts: list[str]) -> None:
    logger = logging.getLogger("app.exports.pdf_report.document")
    warned: list[logging.LogRecord] = []
    logger.addFilter(warned.append)  # type: ignore[arg-type]
    try:
        assert pdf_summary.write(with_texts(texts), "nl").startswith(b"%PDF")
    finally:
        logger.removeFilter(warned.append)  # type: ignore[arg-type]
    assert not warned
