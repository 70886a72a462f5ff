"""What the report says beside a sum: how many gave, what is equal, what was left, by hand, and from vote to vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.domain.report_rounds import ReportBallot, ReportFigure, ReportRound
from app.exports.pdf_report.content import content
from app.exports.pdf_report.document import write
from tests.exports.reports import a_question, a_report
from tests.exports.spoken import spoken

LETTERS = "ABCDEFGH"


def voted(*given: tuple[str, int | None, int | None], **changed: Any) -> ReportQuestion:
    """A question of which twelve divided 34 of 36 points; name, points, how many gave them."""
    figures = tuple(
        ReportFigure(f"q1-t{place}", LETTERS[place - 1], name, points, givers)
        for place, (name, points, givers) in enumerate(given, 1)
    )
    themes = [ReportTheme(one.theme or "", one.letter, one.name, at, one.points) for at, one in enumerate(figures, 1)]
    return a_question(*themes, rounds=(ReportRound(1, 3, None, True, 12, figures, **changed),))


def notes(question: ReportQuestion, language: str = "nl") -> str:
    return " ".join(content(a_report(question), language)["questions"][0]["notes"])


def captions(question: ReportQuestion) -> list[list[str]]:
    return [theme["captions"] for theme in content(a_report(question), "nl")["questions"][0]["themes"]]


def test_breadth_stands_beside_depth_and_one_or_two_givers_are_not_told() -> None:
    found = captions(voted(("Samenwerking", 7, 5), ("Contact", 6, None), ("Niets", None, None)))
    assert found == [
        ["7 punten van 5 van de 12 deelnemers."],
        ["6 punten van minder dan 3 van de 12 deelnemers."],
        [],
    ]


def test_ties_are_named_as_ties_and_unspent_points_told() -> None:
    told = notes(voted(("Samenwerking", 14, 5), ("Contact", 10, 4), ("Korte lijnen", 10, 4)))
    assert told.startswith("12 deelnemers verdeelden 34 punten. 2 punten bleven over.")
    assert "Gelijk: Contact en Korte lijnen, elk met 10 punten." in told


@pytest.mark.parametrize(
    ("stable", "sentence"),
    [
        (True, "Stevig: ook zonder één van de deelnemers, wie dan ook, is de volgorde van de eerste 2 dezelfde."),
        (False, "Nipt: één deelnemer minder of meer kan de volgorde van de eerste 2 veranderen."),
    ],
)
def test_it_says_whether_the_order_holds(stable: bool, sentence: str) -> None:
    themes = (("Samenwerking", 14, 5), ("Contact", 10, 4), ("Niets", None, None))
    assert sentence in notes(voted(*themes, stable=stable))
    assert sentence not in notes(voted(*themes, stable=None))


def test_points_counted_by_hand_are_labelled_and_in_no_sum() -> None:
    question = voted(("Samenwerking", 7, 5))
    figure = replace(question.rounds[0].figures[0], by_hand=4)
    by_hand = replace(
        question,
        rounds=(replace(question.rounds[0], figures=(figure,)),),
        themes=(replace(question.themes[0], by_hand=4),),
    )
    page = content(a_report(by_hand), "nl")["questions"][0]
    assert page["themes"][0]["figure"] == "(7)"
    assert page["themes"][0]["captions"] == ["7 punten van 5 van de 12 deelnemers.", "Met de hand geteld: 4 punten."]
    assert "12 deelnemers verdeelden 7 punten." in page["notes"]
    assert "Daarnaast met de hand geteld en niet meegerekend: 4 punten." in page["notes"]


def test_what_was_left_out_on_request_is_shown_in_its_place_and_counted() -> None:
    kept, left_out = ReportStatement("blijft staan"), ReportStatement("", redacted=True)
    page = content(a_report(a_question(unclustered=(kept, left_out))), "nl")
    assert page["questions"][0]["themes"][0]["statements"] == ["blijft staan", "[weggelaten op verzoek]"]
    assert "1 uitspraak is weggelaten op verzoek." in page["questions"][0]["notes"]
    english = content(a_report(a_question(unclustered=(left_out,))), "en")
    assert english["questions"][0]["themes"][0]["statements"] == ["[left out on request]"]


def test_two_votes_stand_side_by_side_with_what_moved() -> None:
    question = voted(("Samenwerking", 9, 5), ("Contact", 5, 3))
    first = replace(
        question.rounds[0],
        figures=(ReportFigure("q1-t1", "A", "Samenwerking", 4), ReportFigure("q1-t2", "B", "Contact", 7)),
    )
    twice = replace(question, rounds=(first, replace(question.rounds[0], number=2)))
    table = next(one for one in spoken(write(a_report(twice), "nl")).all("Table") if "Verschil" in one.text)
    assert [[cell.text for cell in row.inside] for row in table.all("TR")] == [
        ["Thema", "Stemronde 1", "Stemronde 2", "Verschil"],
        ["Samenwerking", "4", "9", "+5"],
        ["Contact", "7", "5", "−2"],
    ]


def test_the_annex_has_every_ballot_and_is_there_only_where_ballots_may_be_told() -> None:
    plain = voted(("Samenwerking", 14, 5), ("Contact", 10, 4))
    each = (ReportBallot("ABCD2345", (2, 1)), ReportBallot("QRST6723", (0, 3)))
    verifiable = replace(plain, rounds=(replace(plain.rounds[0], verifiable=True, each=each),))
    assert content(a_report(plain), "nl")["annex"] == []
    (table,) = content(a_report(verifiable), "nl")["annex"]
    assert table["header"] == ["Code", "A", "B"]
    assert table["rows"] == [["ABCD2345", "2", "1"], ["QRST6723", "", "3"]]
    assert "A: Samenwerking, B: Contact" in table["note"]
    assert write(a_report(verifiable), "nl").startswith(b"%PDF")


def test_a_ballot_without_a_code_has_nothing_that_passes_for_one() -> None:
    plain = voted(("Samenwerking", 14, 5))
    each = (ReportBallot("ABCD2345", (2,)), ReportBallot(None, (3,)))
    (table,) = content(a_report(replace(plain, rounds=(replace(plain.rounds[0], verifiable=True, each=each),))), "nl")[
        "annex"
    ]
    assert table["rows"] == [["ABCD2345", "2"], ["–", "3"]]
    assert "Een stembriefje zonder code" in table["note"]


def method_page(question: ReportQuestion) -> str:
    sections = content(a_report(question), "nl")["method"]["sections"]
    return " ".join(line for section in sections for line in section["paragraphs"])


def test_the_page_on_method_asks_the_vote_whether_its_ballots_are_told() -> None:
    plain = voted(("Samenwerking", 14, 5))
    told = replace(plain, rounds=(replace(plain.rounds[0], verifiable=True, each=(ReportBallot("ABCD2345", (2,)),)),))
    assert "kan iedereen narekenen" in method_page(told)
    assert "narekenen" not in method_page(replace(plain, verifiable=True))


def test_a_vote_that_anyone_was_to_verify_says_when_fewer_than_ten_gave_points() -> None:
    plain = voted(("Samenwerking", 14, 5))
    few = replace(plain, rounds=(replace(plain.rounds[0], ballots=9, verifiable=True),))
    assert "minder dan 10 mensen gaven punten" in notes(few)
    assert "codes" not in notes(plain)
    still_open = replace(few.rounds[0], number=2, closed=False, ballots=None)
    assert "minder dan 10" not in notes(replace(plain, rounds=(*plain.rounds, still_open)))
    twice = replace(few, rounds=(*few.rounds, replace(plain.rounds[0], number=2)))
    assert "Stemronde 1 was zo ingesteld" in notes(twice)


def by_hand_alone(*counted: int | None) -> ReportQuestion:
    question = voted(*((f"Thema {letter}", None, None) for letter in LETTERS[: len(counted)]))
    vote = question.rounds[0]
    figures = tuple(replace(one, by_hand=count) for one, count in zip(vote.figures, counted, strict=True))
    themes = tuple(replace(one, by_hand=count) for one, count in zip(question.themes, counted, strict=True))
    return replace(question, rounds=(replace(vote, ballots=None, figures=figures),), themes=themes)


def test_what_hands_alone_counted_is_told_in_short_as_counted_by_hand() -> None:
    short = content(a_report(by_hand_alone(9, 4, 1, None)), "nl")["short"]["paragraphs"]
    told = short[0].replace("\u2068", "").replace("\u2069", "")
    assert told == (
        "Met de hand geteld wegen deze het zwaarst: Thema A met 9 punten, Thema B met 4 punten en Thema C met 1 punt."
    )
    (equal,) = content(a_report(by_hand_alone(2, 2, 2, 2)), "nl")["short"]["paragraphs"]
    assert equal == "Met de hand geteld wegen 4 thema’s even zwaar, elk met 2 punten."
    assert "met de hand" not in " ".join(content(a_report(voted(("Samenwerking", 7, 5))), "nl")["short"]["paragraphs"])


def test_the_page_on_method_says_what_counting_by_hand_orders() -> None:
    assert "ordenen de thema’s alleen" in method_page(by_hand_alone(9, 4))
