"""Nothing that somebody wrote is markup, and read as Markdown it is exactly what was written."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from app.domain.report_questions import ReportTheme
from app.exports.markdown_text import escaped, write
from app.exports.visible import visible
from tests.exports.readers import blocks_of_markdown
from tests.exports.reports import PRINTED, a_question, a_report, the_district_team, with_texts, written

SIGNS = "".join(chr(code) for code in range(32, 127))
MARKUP = [
    "# geen kop",
    "1. geen lijst",
    "12) geen lijst",
    "- geen punt",
    "+ geen punt",
    "> geen citaat",
    "    geen code",
    "```",
    "---",
    "===",
    "*vet* _schuin_ ~~weg~~ `code`",
    "[naam](https://voorbeeld.nl) ![plaatje](x)",
    "<b>vet</b> <script> &amp; &#65;",
    "https://voorbeeld.nl www.voorbeeld.nl a@b.nl",
    "a | b",
    "eind met schuine streep\\",
    "twee spaties  ",
    "\u00a0randen\u2003",
    "[^1]: noot",
    "[x]: y",
    "kop #",
]


def of_kind(kind: str, made: bytes) -> list[str]:
    return [text for name, text in blocks_of_markdown(made) if name == kind]


def test_themes_are_headings_with_points_and_statements_items() -> None:
    made = write(the_district_team(), "nl")
    themes = [theme for question in PRINTED[0]["questions"] for theme in question["themes"]]
    wanted = [f"{one['name']} ({one['points']})" if one["points"] else one["name"] for one in themes]
    assert of_kind("h3", made)[: len(wanted)] == wanted
    assert of_kind("li", made) == [text for theme in themes for text in theme["statements"]]


def test_what_is_plain_stays_readable_as_it_is() -> None:
    assert escaped("wijkteamproblemen als 'team' benaderen/oplossen (communicatie)") == (
        "wijkteamproblemen als 'team' benaderen/oplossen (communicatie)"
    )


@pytest.mark.parametrize("text", MARKUP)
def test_what_looks_like_markup_is_text_wherever_it_stands(text: str) -> None:
    made = write(with_texts([text], language="nl"), "nl")
    assert of_kind("li", made) == [text, text]
    assert of_kind("h1", made) == [text]
    assert text in of_kind("td", made)


@settings(max_examples=150, deadline=None)
@given(some.text(some.one_of(some.sampled_from(SIGNS), some.characters()), max_size=30))
@example("\\\\#\\")
@example("&#49;.")
def test_any_text_reads_as_it_was_written(text: str) -> None:
    theme = ReportTheme("q1-t1", "A", f"x{text}", 1, 3, None, written(text))
    made = write(a_report(a_question(theme)), "nl")
    assert of_kind("li", made) == ([visible(text)] if text else [])
    assert f"{visible(f'x{text}')} (3)" in of_kind("h3", made)
