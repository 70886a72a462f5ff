"""One page drawn for all, with each asker's own part in its place."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader

from app.screens.one_for_all import PageForAll
from app.screens.render import environment, render

TEMPLATES = {
    "own.html": "{% macro points(own, theme) %}{{ theme }}: {{ own[theme] if own else 0 }}{% endmacro %}",
    "page.html": '{% from "own.html" import points %}<h1>{{ title }}</h1>'
    "{% for theme in themes %}<p>{% call own_part(points, theme) %}{% endcall %}</p>{% endfor %}",
    "lost.html": '{% from "own.html" import points %}'
    '{% set kept %}{% call own_part(points, "A") %}{% endcall %}{% endset %}{{ kept }}',
}
VALUES = {"title": "Wat nu?", "themes": ("A <b>", "B")}


@pytest.fixture(autouse=True)
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    made = environment("nl")
    monkeypatch.setattr(made, "loader", DictLoader(TEMPLATES))
    monkeypatch.setattr(made, "cache", {})


def test_each_gets_the_own_part_and_nobody_anothers() -> None:
    page = PageForAll("page.html", "nl", **VALUES)
    mine, others = page.filled_in({"A <b>": 3, "B": 0}), page.filled_in({"A <b>": 1, "B": 2})
    assert mine == "<h1>Wat nu?</h1><p>A &lt;b&gt;: 3</p><p>B: 0</p>"
    assert others == "<h1>Wat nu?</h1><p>A &lt;b&gt;: 1</p><p>B: 2</p>"


def test_what_somebody_typed_is_escaped() -> None:
    page = PageForAll("page.html", "nl", title="x", themes=("A",))
    assert "A: &lt;script&gt;" in page.filled_in({"A": "<script>"})


def test_what_is_pushed_has_nobodys_own() -> None:
    assert render("page.html", "nl", **VALUES) == "<h1>Wat nu?</h1><p>A &lt;b&gt;: 0</p><p>B: 0</p>"


def test_an_own_part_where_it_would_be_lost_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="lost"):
        PageForAll("lost.html", "nl")
