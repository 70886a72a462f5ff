"""How the report fills its pages: themes whole where they are short, named again where they go on, dashes where a line
begins."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.report import Report
from app.domain.report_questions import ReportTheme
from app.exports.pdf_report.document import write
from tests.exports.reports import a_question, a_report, the_district_team, written
from tests.exports.spoken import spoken

LONG = [f"uitspraak nummer {number} van dit thema" for number in range(1, 101)]


def pages(report: Report, language: str = "nl") -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(write(report, language))).pages]


def of_themes(*statements: list[str]) -> Report:
    themes = (
        ReportTheme(f"q1-t{place}", "ABCDEFGH"[place], f"Thema {place}", place, 9 - place, None, written(*texts))
        for place, texts in enumerate(statements)
    )
    return a_report(a_question(*themes, budget=100))


def placed(report: Report) -> list[tuple[str, float]]:
    """The pieces of text of the first page, each with how far from the left it begins."""
    found: list[tuple[str, float]] = []

    def see(text: str, place: list[float], inside: list[float], *_font: Any) -> None:
        found.extend([(text.strip(), place[4] + inside[4])] if text.strip() else [])

    PdfReader(io.BytesIO(write(report, "nl"))).pages[0].extract_text(visitor_text=see)
    return found


def test_a_short_theme_stands_whole_on_one_page() -> None:
    report = the_district_team()
    told = [" ".join(page.split()) for page in pages(report)]
    for question in report.questions:
        for theme in question.themes:
            inside = [theme.name, *(one.text for one in theme.statements)]
            assert any(all(text in page for text in inside) for page in told), theme.name


def test_a_long_theme_is_named_again_wherever_it_goes_on() -> None:
    for language, word in (("nl", "vervolg"), ("en", "continued")):
        told = "\n".join(pages(of_themes(LONG), language))
        parts = re.split(rf"Thema 0 \(9\) ?\n?{word}\n", told)
        assert len(parts) > 2
        # In each column at least two statements stand together.
        assert all(len(re.findall("uitspraak nummer", part)) >= 2 for part in parts)


def test_it_is_not_named_again_to_whoever_listens() -> None:
    heard = spoken(write(of_themes(LONG), "nl"))
    assert [one.text for one in heard.all("H3")][:2] == ["Thema 0 (9)", "Wat er is gevraagd"]
    assert [one.text for one in heard.all("LBody")] == LONG


def test_both_columns_end_as_evenly_as_whole_themes_can() -> None:
    report = of_themes(*[["kort"] * 3] * 6)
    names = [x for text, x in placed(report) if text == "Thema"]
    assert "vervolg" not in pages(report)[0]
    assert names == sorted(names) and names.count(min(names)) == names.count(max(names)) == 3


@pytest.mark.parametrize("above", range(40, 60, 3))
def test_a_question_of_few_lines_is_not_torn_apart_at_the_end_of_a_page(above: int) -> None:
    long = a_question(ReportTheme("q1-t1", "A", "Veel", 1, 9, None, written(*LONG[:above])))
    small = (
        ReportTheme(f"q2-t{place}", "ABC"[place], f"Klein {place}", place, 9, None, written("een")) for place in (1, 2)
    )
    told = pages(a_report(long, a_question(*small, number=2, text="En wat nu?")))
    assert any(all(text in page for text in ("En wat nu?", "Klein 1 (9)\n", "Klein 2 (9)\n")) for page in told)


def test_a_line_from_right_to_left_has_its_dash_on_the_right() -> None:
    of_left, of_right = (x for text, x in placed(of_themes(["gewoon", "شكرا جزيلا"])) if text == "–")
    assert of_right > of_left + 200


def test_a_name_that_turns_takes_its_points_not_along() -> None:
    told = placed(a_report(a_question(ReportTheme("q1-t1", "A", "\u202eabc", 1, 7))))
    name, figure = next((name, figure) for name, figure in itertools.pairwise(told) if figure[0] == "(7)")
    assert figure[1] > name[1]


def test_pages_are_made_of_any_number_of_questions_and_themes() -> None:
    empty = a_report(*(a_question(number=number, text=f"Vraag {number}?") for number in range(1, 30)))
    assert all(f"Vraag {number}?" in "".join(pages(empty)) for number in range(1, 30))
    tall = of_themes(*[["W" * 500] * 9] * 3)
    assert sum(map(len, re.findall("W{3,}", "".join(pages(tall))))) == 3 * 9 * 500
