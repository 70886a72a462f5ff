"""A picture shows the themes of a question: its words are text, its bars as long as the points."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.report_questions import ReportTheme
from app.exports import FORMATS, about
from app.exports.chart.drawing import INK, MUTED, TINTS, WIDTH
from app.exports.chart.lines import broken
from app.exports.visible import visible
from tests.exports.readers import SVG, colours_of_png, size_of_png, texts_of_svg
from tests.exports.reports import PRINTED, a_large_one, a_question, a_report, the_district_team

TOKENS = Path(__file__).parents[2] / "app/static/css/tokens.css"
svg, png = FORMATS["svg"].write, FORMATS["png"].write


def bars(made: bytes) -> list[float]:
    """How long the bars are, from the top."""
    found = [one for one in Xml.fromstring(made).iter(f"{SVG}rect") if one.get("stroke")]
    return [float(one.get("width") or 0) for one in found]


def test_a_drawing_says_each_theme_with_its_points_as_printed() -> None:
    for number, question in enumerate(PRINTED[0]["questions"][:2], 1):
        told = " ".join(texts_of_svg(svg(about(the_district_team(), number), "nl"))[2:])
        named = [f"{one['name']} ({one['points']})" if one["points"] else one["name"] for one in question["themes"]]
        assert all(name in told for name in [question["text"], *named])


def test_bars_are_as_long_as_the_points_and_have_a_dot_for_each() -> None:
    made = svg(about(the_district_team(), 1), "nl")
    points = [theme["points"] for theme in PRINTED[0]["questions"][0]["themes"] if theme["points"]]
    lengths = bars(made)
    assert [round(length / lengths[0] * points[0]) for length in lengths] == points
    assert len(list(Xml.fromstring(made).iter(f"{SVG}circle"))) == sum(points)


def test_it_says_in_words_what_it_shows_to_whoever_does_not_see_it() -> None:
    root = Xml.fromstring(svg(about(the_district_team(), 1), "nl"))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title description"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == PRINTED[0]["questions"][0]["text"]
    assert description is not None and "Samenwerking (7)" in (description.text or "")
    assert "8 deelnemers verdeelden 20 punten." in (description.text or "")


def test_of_a_question_without_points_there_is_a_sentence_and_no_picture_of_nothing() -> None:
    report = a_report(a_question(ReportTheme("q1-t1", "A", "Samenwerking", 1)))
    told = " ".join(texts_of_svg(svg(report, "nl")))
    assert "Hier zijn geen punten gegeven, dus er valt niets te tekenen." in told
    assert "Samenwerking" not in told and bars(svg(report, "nl")) == []
    by_hand = a_report(a_question(ReportTheme("q1-t1", "A", "Samenwerking", 1, by_hand=4)))
    assert "Samenwerking" in " ".join(texts_of_svg(svg(by_hand, "nl")))


def test_nothing_runs_in_it_and_nothing_is_fetched() -> None:
    made = svg(a_report(a_question(ReportTheme("q1-t1", "A", "<script>x</script>", 1, 3))), "nl").decode()
    assert "<script" not in made and "href" not in made and "url(" not in made


@given(some.text(some.characters(), min_size=1, max_size=120))
def test_any_name_is_in_it_line_by_line(text: str) -> None:
    made = svg(a_report(a_question(ReportTheme("q1-t1", "A", text, 1, 3))), "nl")
    told = "".join(texts_of_svg(made)[2:]).replace(" ", "")
    assert re.sub("[\u2066-\u2069\u202a-\u202e ]", "", visible(text)) in re.sub(
        "[\u2066-\u2069\u202a-\u202e]", "", told
    )


def test_a_text_is_broken_between_words_and_its_figure_is_never_alone() -> None:
    assert broken("een twee drie", 10, 60) == ["een twee", "drie"]
    assert broken("een twee drie", 10, 60, "(7)") == ["een twee", "drie (7)"]
    assert "".join(broken("W" * 50, 10, 100)) == "W" * 50


def test_its_colours_are_those_of_every_screen() -> None:
    tokens = TOKENS.read_text()
    colours = {INK, MUTED, *(strong for _tint, strong in TINTS.values()), *(tint for tint, _strong in TINTS.values())}
    assert [colour for colour in colours if colour not in tokens] == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_picture_has_the_shape_of_the_drawing(number: int) -> None:
    report = about(the_district_team(), number)
    drawn = Xml.fromstring(svg(report, "nl"))
    width, height = size_of_png(png(report, "nl"))
    assert width == round(WIDTH * 96 / 72)
    assert abs(height / width - float(drawn.get("height") or 0) / WIDTH) < 0.01
    assert colours_of_png(png(report, "nl")) > 50


def test_a_picture_of_a_long_day_stays_within_memory() -> None:
    assert size_of_png(png(a_large_one(), "nl"))[1] <= 10_000


def test_there_is_no_picture_of_a_question_that_is_not_there() -> None:
    with pytest.raises(LookupError):
        about(the_district_team(), 9)
