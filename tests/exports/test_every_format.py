"""The laws that each export format keeps."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.domain.report import Report, ReportAction
from app.domain.report_questions import ReportStatement, ReportTheme
from app.domain.report_rounds import ReportBallot, ReportFigure, ReportRound
from app.exports import FORMATS, Format, file_name
from app.exports.visible import encoded, visible
from app.languages import LANGUAGES
from app.screens.render import translate
from tests.exports.made_up import a_made_up_session
from tests.exports.readers import READERS
from tests.exports.reports import EXACT, a_large_one, a_question, a_report, the_district_team, with_texts, written

# Pictures of themes: nobody's statements, no list of actions, no names. What a PNG says can only be looked at.
PICTURES = {"svg", "png"}
# The action items alone; test_action_table.py and test_calendar.py hold them against what was agreed.
ABOUT_ACTIONS = {"csv-actions", "ics"}
# What has no room for all that was said, by design.
SHORT = PICTURES | ABOUT_ACTIONS | {"pdf-summary"}
NOT_TEXT = {"png"}
# The archive is the whole session, which its moderator keeps: also what no report tells.
WHOLE = {"json"}
TABLES = {"xlsx", "csv", "csv-raw", "csv-zip"}
RAW = {"json", "csv-raw"}
WILD = [
    "شكرا جزيلا لكم",
    "W" * 500,
    "汉字 \ud800 \x07 \ufeff",
    "👨‍👩‍👧 🇳🇱 👍🏽",
    "\u202eabc \u2067def",
    '#panic("x") *vet* $x^2$ <label> @ref',
    "=1+1",
    "_x0041_ ]]> <!-- & &amp; </w:t>",
    "x̧̧̧ 𝔎\u0336 \U000e0067",
    "\u200b",
    "",
]
WITHOUT_PDF = [chosen for chosen in FORMATS.values() if not chosen.media_type.endswith("pdf")]


def told(report: Report, chosen: Format, language: str = "nl") -> str:
    """All that can be read in a file, line breaks as spaces, guards taken off."""
    return " ".join("\n".join(READERS[chosen.name](chosen.write(report, language))).split())


def as_told(text: str, chosen: Format) -> str:
    """How a text reads in a file: exactly so, but for signs that its kind of file can't hold."""
    if chosen.name in TABLES - {"xlsx"}:
        text = encoded(text).decode()
    elif chosen.name != "json":
        text = visible(text)
    return " ".join(text.split())


def some_of(names: set[str]) -> list[Format]:
    return [chosen for chosen in FORMATS.values() if chosen.name not in names]


def named(chosen: Format) -> str:
    return chosen.name


ALL = pytest.mark.parametrize("chosen", FORMATS.values(), ids=named)
ALL_TEXT = pytest.mark.parametrize("chosen", some_of(NOT_TEXT | ABOUT_ACTIONS), ids=named)
ALL_ACTIONS = pytest.mark.parametrize("chosen", some_of(PICTURES | {"csv", "csv-raw"}), ids=named)
ALL_STATEMENTS = pytest.mark.parametrize("chosen", some_of(SHORT), ids=named)


def test_each_is_read_back_by_another_library() -> None:
    assert set(READERS) == set(FORMATS) - NOT_TEXT


@ALL
def test_it_has_a_name_for_a_menu_in_each_language(chosen: Format) -> None:
    assert chosen.title


@ALL_STATEMENTS
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_every_question_theme_and_statement_as_written(chosen: Format, language: str) -> None:
    report = the_district_team()
    text = told(report, chosen, language)
    for question in report.questions:
        assert question.text in text
        for theme in question.themes:
            assert theme.name in text and all(one.text in text for one in theme.statements)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_holds_every_question_and_every_theme_that_was_voted_on(language: str) -> None:
    text = told(the_district_team(), FORMATS["svg"], language)
    for question in the_district_team().questions:
        assert question.text in text
        assert not question.weights or all(theme.name in text for theme in question.themes)


@pytest.mark.parametrize("written", EXACT)
@ALL_STATEMENTS
def test_it_beautifies_nothing(chosen: Format, written: str) -> None:
    assert written in told(the_district_team(), chosen)


@ALL
def test_no_text_that_can_be_typed_makes_it_fail(chosen: Format) -> None:
    assert chosen.write(with_texts(WILD), "nl")
    assert all(chosen.write(with_texts([text]), "en") for text in WILD)


@pytest.mark.parametrize("chosen", [one for one in WITHOUT_PDF if one.name not in SHORT], ids=named)
def test_wild_texts_are_all_in_it(chosen: Format) -> None:
    text = told(with_texts(WILD), chosen)
    assert all(as_told(one, chosen) in text for one in WILD)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.integers(0, 10**6), some.lists(some.text(some.characters()), min_size=1, max_size=3))
def test_no_session_that_could_have_been_makes_any_fail(seed: int, texts: list[str]) -> None:
    made_up = a_made_up_session(random.Random(seed))
    odd = with_texts(texts)
    for chosen in WITHOUT_PDF:
        assert chosen.write(made_up, "nl") and chosen.write(odd, "en")
        if chosen.name in SHORT:
            continue
        text = told(odd, chosen)
        assert all(as_told(one, chosen) in text for one in texts), chosen.name


@settings(max_examples=5, deadline=None)
@given(some.integers(0, 10**6))
def test_every_statement_of_a_session_that_could_have_been_is_in_each(seed: int) -> None:
    report = a_made_up_session(random.Random(seed))
    statements = [
        one.text
        for question in report.asked
        for one in (*question.unclustered, *(one for theme in question.themes for one in theme.statements))
    ]
    for chosen in (one for one in WITHOUT_PDF if one.name not in SHORT):
        text = told(report, chosen)
        assert all(as_told(one, chosen) in text for one in statements), chosen.name


@ALL_ACTIONS
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_item_that_was_agreed_is_in_it_with_its_owner_and_where_it_stands(
    chosen: Format, language: str
) -> None:
    late = ReportAction("Buurtbus regelen", None, "Deelnemer 7", date(2005, 9, 1), overdue=True)
    nobodys = ReportAction("Spreekuur bespreken", None, "", date(2005, 9, 1))
    done = ReportAction("Sleutel halen", None, "Deelnemer 9", date(2005, 9, 1), done=True)
    text = told(a_report(actions=(late, nobodys, done)), chosen, language)
    assert all(item.text in text and item.owner in text for item in (late, nobodys, done))
    if chosen.name not in WHOLE:
        assert all(translate(language, one) in text for one in ("overdue", "without an owner", "Done"))


@pytest.mark.parametrize("chosen", [FORMATS[name] for name in sorted(ABOUT_ACTIONS)], ids=named)
def test_one_about_actions_tells_nothing_else(chosen: Format) -> None:
    report = the_district_team()
    text = told(report, chosen)
    said = {one.text for question in report.asked for theme in question.themes for one in theme.statements}
    assert not any(one in text for one in said) and "Deelnemer 3" not in text


@ALL
def test_a_session_without_anything_is_a_file_too(chosen: Format) -> None:
    assert chosen.write(a_report(), "nl")
    assert chosen.write(a_report(title="", group=""), "en")


@ALL
def test_it_is_the_same_file_twice(chosen: Format) -> None:
    assert chosen.write(the_district_team(), "nl") == chosen.write(the_district_team(), "nl")


@pytest.mark.parametrize("chosen", [one for one in FORMATS.values() if one.without_words], ids=named)
def test_one_without_words_is_the_same_in_every_language(chosen: Format) -> None:
    assert len({chosen.write(the_district_team(), language) for language in LANGUAGES}) == 1


@ALL_STATEMENTS
def test_two_thousand_statements_are_all_there(chosen: Format) -> None:
    assert told(a_large_one(), chosen).count("over iets dat de groep bezighoudt") == 2000


@ALL
def test_its_file_name_has_the_date_and_no_sign_that_a_disk_refuses(chosen: Format) -> None:
    ending = chosen.ending or chosen.name
    assert file_name(the_district_team(), chosen) == f"2005-08-18 wijkteam Buytenwegh de Leyens.{ending}"
    assert file_name(a_report(group='a/b\\c:"d"\r\n'), chosen) == f"2026-11-23 a b c d.{ending}"
    of_one = f"2.{ending}" if chosen.of_a_question else ending
    assert file_name(a_report(a_question(number=2), group="groep"), chosen) == f"2026-11-23 groep.{of_one}"


def test_no_two_have_the_same_file_name() -> None:
    endings = [chosen.ending or chosen.name for chosen in FORMATS.values()]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("chosen", some_of(NOT_TEXT | ABOUT_ACTIONS | TABLES | WHOLE | {"pdf-summary"}), ids=named)
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_in_brackets_add_up_to_the_points_of_the_report(chosen: Format, language: str) -> None:
    report = the_district_team()
    text = told(report, chosen, language)
    for question in report.questions:
        for theme in question.themes:
            is_told = question.weights or chosen.name not in PICTURES
            assert not is_told or (f"{theme.name} ({theme.points})" if theme.points else theme.name) in text
        assert sum(theme.points or 0 for theme in question.themes) == question.points


@ALL_TEXT
def test_a_withheld_tally_is_in_no_figure(chosen: Format) -> None:
    theme = ReportTheme("q1-t1", "A", "Geheim", 1, None, None, written("een"))
    vote = ReportRound(1, 3, None, True, None, (ReportFigure("q1-t1", "A", "Geheim"),))
    text = told(a_report(a_question(theme, rounds=(vote,))), chosen)
    assert ("Geheim" in text or chosen.name in PICTURES) and not re.search(r"Geheim \(", text)
    if chosen.name not in TABLES | WHOLE:
        assert "Te weinig stemmen om geheim te blijven." in text


@pytest.mark.parametrize("chosen", some_of(NOT_TEXT | WHOLE), ids=named)
def test_names_are_told_only_where_the_moderator_lets_the_report_tell_them(chosen: Format) -> None:
    report = the_district_team()
    silent = told(replace(report, actions=(), names_in_report=False, roles_in_report=False), chosen)
    assert "Deelnemer 3" not in silent and "wijkagent" not in silent
    roles = told(replace(report, actions=(), names_in_report=False, roles_in_report=True), chosen)
    assert "Deelnemer 3" not in roles


@ALL_STATEMENTS
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_left_out_on_request_is_told_and_gone(chosen: Format, language: str) -> None:
    theme = ReportTheme("q1-t1", "A", "Thema", 1, None, None, (ReportStatement("Jan Jansen", redacted=True),))
    text = told(a_report(a_question(theme, unclustered=written("blijft"))), chosen, language)
    assert "blijft" in text
    if chosen.name not in RAW:
        assert {"nl": "[weggelaten op verzoek]", "en": "[left out on request]"}[language] in text
        assert "Jan Jansen" not in text


@ALL_TEXT
def test_points_counted_by_hand_stand_beside_the_others_and_are_never_added(chosen: Format) -> None:
    figure = ReportFigure("q1-t1", "A", "Thema", 7, 5, by_hand=40)
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 7, None, written("een"), by_hand=40)
    text = told(a_report(a_question(theme, rounds=(ReportRound(1, 3, None, True, 8, (figure,)),))), chosen)
    assert "47" not in text and re.search(r"\b40\b", text)
    if chosen.name not in RAW:
        assert "eteld met de hand" in text or "et de hand geteld" in text


@pytest.mark.parametrize("chosen", some_of(SHORT | {"json", "csv", "csv-raw"}), ids=named)
def test_ballots_are_told_only_of_a_tally_that_anyone_can_verify(chosen: Format) -> None:
    figures = (ReportFigure("q1-t1", "A", "Thema", 20, 10),)
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 20, None, ())
    vote = ReportRound(1, 3, None, True, 10, figures)
    ballots = tuple(ReportBallot(f"CODE{place:04}", (2,)) for place in range(10))
    plain = a_report(a_question(theme, rounds=(vote,)))
    verifiable = a_report(a_question(theme, rounds=(replace(vote, verifiable=True, each=ballots),), verifiable=True))
    assert "CODE" not in told(plain, chosen)
    assert all(ballot.code in told(verifiable, chosen) for ballot in ballots if ballot.code)
