"""The archive is complete, lossless, and as its documentation says."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from app.domain import report, report_questions, report_rounds
from app.domain.report import Report
from app.domain.report_questions import ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.exports.json_archive import write
from tests.exports.reports import PRINTED, a_question, a_report, the_district_team, with_texts

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "archive-format.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)


def archived(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(report, "nl"))
    VALIDATOR.validate(found)
    return found


def test_the_schema_is_one_and_lets_nothing_else_in() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = archived(the_district_team())
    assert not VALIDATOR.is_valid({**found, "participants": []})


def test_themes_points_and_statements_are_as_printed() -> None:
    found = archived(the_district_team())
    assert [
        [(theme["name"], theme["points"], [one["text"] for one in theme["statements"]]) for theme in question["themes"]]
        for question in found["questions"]
    ] == [
        [(theme["name"], theme["points"], theme["statements"]) for theme in question["themes"]]
        for question in PRINTED[0]["questions"]
    ]


def test_a_carried_theme_points_to_the_one_it_comes_from() -> None:
    found = archived(the_district_team())
    assert [theme["carried_from"] for theme in found["questions"][2]["themes"]] == ["q2-t1", "q2-t3", "q2-t4"]


def test_ids_are_local_to_the_archive() -> None:
    found = archived(the_district_team())
    assert [question["id"] for question in found["questions"]] == ["q1", "q2", "q3"]
    ids = [theme["id"] for question in found["questions"] for theme in question["themes"]]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"q[1-9]\d*-t[1-9]\d*", one) for one in ids)


def test_settings_are_complete_and_hidden_statements_only_counted() -> None:
    found = archived(a_report(a_question(budget=None, minutes={"collect": 5}, hidden=2)))["questions"][0]
    assert (found["settings"]["budget"], found["settings"]["minutes"], found["hidden"]) == (None, {"collect": 5}, 2)
    assert found["unclustered"] == []


def test_an_open_round_has_no_figures() -> None:
    still_open = ReportRound(2, 3, None, False, None, (ReportFigure("q1-t1", "A", "Thema"),))
    theme = ReportTheme("q1-t1", "A", "Thema", 1, 4)
    vote = archived(a_report(a_question(theme, rounds=(still_open,))))["questions"][0]["rounds"][0]
    assert vote["ballots"] is None and vote["themes"][0]["points"] is None


@given(some.lists(some.text(some.characters()), min_size=1, max_size=3))
def test_every_text_comes_back_exactly(texts: list[str]) -> None:
    question = archived(with_texts(texts))["questions"][0]
    assert [one["text"] for one in question["themes"][0]["statements"]] == texts
    assert [one["text"] for one in question["unclustered"]] == texts


def test_the_documentation_names_every_field() -> None:
    text = (DOCS / "archive-format.md").read_text()
    assert all(f"`{name}`" in text for name in _names(SCHEMA))


def test_nothing_of_the_report_is_left_out() -> None:
    called = {"session_id": "id", "held_on": "date", "shared": "report_shared", "figures": "themes"}
    called |= {"done": "status", "carried": "status", "each": "ballot_list"}
    told = _names(SCHEMA)
    modules = (report, report_questions, report_rounds)
    parts = {part for module in modules for name, part in vars(module).items() if name.startswith("Report")}
    assert len(parts) == 9
    for part in parts:
        # What is of the moment in which the report is made is nothing that an archive tells.
        kept = [field.name for field in fields(part) if field.compare]
        names = {called.get(name, name) for name in kept}
        assert names - {"number"} <= told, part


def _names(schema: Any) -> set[str]:
    """All names of fields that the schema knows."""
    if isinstance(schema, list):
        return {name for inner in schema for name in _names(inner)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own | {name for inner in schema.values() for name in _names(inner)}
