"""The ballots of a vote that anyone can verify in the archive: complete, nobody's, and strictly read."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.commands.archive import bring_in
from app.domain.recount import recount
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.domain.report_rounds import ReportBallot
from app.exports.archive_reader import read
from app.exports.json_archive import write
from app.screens.report import build_report
from tests.exports.reports import a_question, a_report
from tests.promises.verifying import open_verifiable
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/archive-format.schema.json").read_text())


async def held(world: World) -> Report:
    """The report of a session that was held and ended, with one vote that anyone can verify."""
    chance = random.Random(7)
    one, other = await open_verifiable(world)
    for at, seat in enumerate(world.seats):
        given = chance.randrange(1, 4)
        await world.vote(seat, {one: given, other: 3 - given}, secret=secrets.token_hex(16) if at > 2 else None)
    await world.advance()
    async with world.parts.database.reader() as db:
        return replace(await build_report(db, world.session), status="ended", code=None)


async def test_the_archive_holds_every_ballot_as_its_documentation_says(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        report = await held(world)
    found = json.loads(write(report, "nl"))
    Draft202012Validator(SCHEMA).validate(found)
    vote = found["questions"][0]["rounds"][0]
    assert vote["verifiable"] is True and len(vote["ballot_list"]) == vote["ballots"] == 12
    assert [one["code"] is None for one in vote["ballot_list"]] == [False] * 9 + [True] * 3
    sums = [sum(one["points"][at] for one in vote["ballot_list"]) for at in range(2)]
    assert sums == [theme["points"] or 0 for theme in vote["themes"]]


async def test_what_comes_in_again_goes_out_byte_for_byte_and_can_still_be_recounted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        original = write(await held(world), "nl")
        made = await world.parts.writer.run(bring_in, moderator_id=world.moderator, report=read(original))
        async with world.parts.database.reader() as db:
            again = await build_report(db, made.session_id)
    assert write(replace(again, session_id=world.session), "nl") == original
    assert recount(again.questions[0].rounds[0]).findings == () and again.questions[0].rounds[0].each


def alter(vote: dict[str, Any]) -> None:
    first, second = vote["ballot_list"][:2]
    first["points"], second["points"] = [3, 0], [0, 3]
    second["points"] = [1, 0]


def take_out(vote: dict[str, Any]) -> None:
    del vote["ballot_list"][3]


def double(vote: dict[str, Any]) -> None:
    vote["ballot_list"][0]["code"] = vote["ballot_list"][1]["code"]


def switch_off(vote: dict[str, Any]) -> None:
    vote["verifiable"] = False


def shorten(vote: dict[str, Any]) -> None:
    vote["ballot_list"][0]["points"].pop()


@pytest.mark.parametrize("change", [alter, take_out, double, switch_off, shorten])
async def test_ballots_that_can_not_be_those_of_the_figures_are_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    async with a_world(tmp_path) as world:
        found = json.loads(write(await held(world), "nl"))
    change(found["questions"][0]["rounds"][0])
    with pytest.raises(Refusal) as refused:
        read(json.dumps(found).encode())
    assert refused.value.reason == Reason.ARCHIVE_DAMAGED
    assert refused.value.values["place"] == "questions[0].rounds[0].ballot_list"


@pytest.mark.parametrize("ballot", [{"code": 5, "points": [1]}, {"points": [1]}, {"code": None, "points": [1.5]}, []])
def test_a_ballot_of_another_type_is_refused_with_its_place(ballot: Any) -> None:
    found = json.loads(write(a_report(a_question(), status="ended", code=None), "nl"))
    found["questions"][0]["rounds"] = [
        {"number": 1, "budget": 3, "limit_per_theme": None, "closed": True, "ballots": None, "themes": []}
    ]
    assert read(json.dumps(found).encode()).questions[0].rounds[0].each == (), "the oldest files have no ballots"
    found["questions"][0]["rounds"][0]["ballot_list"] = [ballot]
    with pytest.raises(Refusal) as refused:
        read(json.dumps(found).encode())
    assert re.match(r"questions\[0\]\.rounds\[0\]\.ballot_list\[0\]", str(refused.value.values["place"]))


async def test_a_theme_that_was_removed_without_points_keeps_its_place_in_every_ballot(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        report = await held(world)
    vote = report.questions[0].rounds[0]
    figures = (*vote.figures, replace(vote.figures[0], theme=None, letter="C", name="Weg", points=None, givers=None))
    each = tuple(ReportBallot(one.code, (*one.points, 0)) for one in vote.each)
    gone = replace(vote, figures=figures, each=each)
    changed = replace(report, questions=(replace(report.questions[0], rounds=(gone,)), *report.questions[1:]))
    assert read(write(changed, "nl")).questions[0].rounds[0].each == each
