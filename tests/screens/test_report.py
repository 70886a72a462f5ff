"""The report tells what happened, and nothing that is still secret."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from app.commands import actions, agenda, attendance, phases, sessions, statements, themes
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITHOUT_VOTE, Phase
from app.domain.report import Report
from app.domain.report_questions import ReportStatement
from app.screens.archive import archive
from app.screens.report import build_report
from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
TEXTS = ("evenwichtige samenhang", "zwaluwstaart", "acties", "korte lijnen tussen partijen -> snel actie")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Four people have written four statements, which are being clustered under two themes."""
    async with a_world(tmp_path) as made:
        await made.advance_to(Phase.COLLECT)
        await made.write_all(TEXTS)
        await made.advance_to(Phase.CLUSTER)
        await made.make_theme("Samenwerking", [TEXTS[0]])
        await made.make_theme("Integrale werkwijze", [TEXTS[1], TEXTS[2]])
        yield made


async def report_of(world: World) -> Report:
    async with world.parts.database.reader() as db:
        return await build_report(db, world.session)


async def close_vote(world: World, *ballots: dict[str, int]) -> None:
    """Each ballot by another person: theme names to points."""
    await world.advance_to(Phase.VOTE)
    ids = await world.theme_ids()
    for seat, points in zip(world.seats, ballots, strict=False):
        await world.vote(seat, {ids[name]: given for name, given in points.items()})
    await world.advance()


def told(report: Report) -> str:
    return json.dumps(archive(report), ensure_ascii=False)


async def test_it_names_the_session_and_its_agenda(world: World) -> None:
    report = await report_of(world)
    assert (report.title, report.group) == ("Quick scan wijkbeheer nieuwe stijl", "wijkteam Buytenwegh de Leyens")
    assert re.fullmatch(r"\d{6}", report.code or "")
    assert [(question.id, question.text) for question in report.questions][0] == ("q1", POSITIVE)


async def test_before_a_vote_themes_stand_in_board_order(world: World) -> None:
    question = (await report_of(world)).questions[0]
    assert [(theme.name, theme.statements) for theme in question.themes] == [
        ("Samenwerking", (ReportStatement(TEXTS[0]),)),
        ("Integrale werkwijze", question.themes[1].statements),
    ]
    assert sorted(one.text for one in question.themes[1].statements) == sorted(TEXTS[1:3])
    assert [one.text for one in question.unclustered] == [TEXTS[3]]


async def test_after_the_close_themes_stand_by_points(world: World) -> None:
    ballot = {"Integrale werkwijze": 2, "Samenwerking": 1}
    await close_vote(world, ballot, ballot, {"Integrale werkwijze": 1})
    question = (await report_of(world)).questions[0]
    assert [(theme.id, theme.name, theme.points) for theme in question.themes] == [
        ("q1-t1", "Integrale werkwijze", 5),
        ("q1-t2", "Samenwerking", 2),
    ]
    assert question.rounds[0].ballots == 3
    assert [(figure.name, figure.givers) for figure in question.rounds[0].figures] == [
        ("Samenwerking", None),
        ("Integrale werkwijze", 3),
    ]


async def test_an_open_vote_has_no_figures(world: World) -> None:
    await world.advance_to(Phase.VOTE)
    before = told(await report_of(world))
    theme = (await world.theme_ids())["Samenwerking"]
    for seat in world.seats:
        await world.vote(seat, {theme: 3})
    assert told(await report_of(world)) == before


async def test_during_a_second_vote_the_first_result_stands(world: World) -> None:
    await close_vote(world, *[{"Samenwerking": 1}] * 3)
    await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
    theme = (await world.theme_ids())["Integrale werkwijze"]
    for seat in world.seats:
        await world.vote(seat, {theme: 3})
    question = (await report_of(world)).questions[0]
    assert [(theme.name, theme.points) for theme in question.themes] == [
        ("Samenwerking", 3),
        ("Integrale werkwijze", None),
    ]
    assert not question.rounds[1].closed and question.rounds[1].points == 0


async def test_two_ballots_are_too_few_to_tell(world: World) -> None:
    await close_vote(world, {"Samenwerking": 3}, {"Samenwerking": 3})
    report = await report_of(world)
    assert report.voters is None and report.points == 0
    assert report.questions[0].rounds[0].closed


async def test_a_theme_removed_after_its_vote_keeps_its_points(world: World) -> None:
    await close_vote(world, *[{"Samenwerking": 2, "Integrale werkwijze": 1}] * 3)
    await world.run(phases.go_back, page=await world.page(), confirmed="")
    ids = await world.theme_ids()
    await world.run(themes.remove, page=await world.page(), moderator_id=world.moderator, theme_id=ids["Samenwerking"])
    question = (await report_of(world)).questions[0]
    assert [(theme.name, theme.points, theme.position) for theme in question.themes] == [
        ("Samenwerking", 6, None),
        ("Integrale werkwijze", 3, 1),
    ]
    assert sorted(one.text for one in question.unclustered) == sorted([TEXTS[0], TEXTS[3]])


async def test_a_statement_that_is_still_being_mixed_is_only_counted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.COLLECT)
        await world.write(world.seats[0], "van een")
        await world.write(world.seats[1], "van twee")
        report = await report_of(world)
    assert report.questions[0].waiting == 2
    assert "van een" not in told(report) and "van twee" not in told(report)


async def test_a_hidden_statement_is_only_counted(world: World) -> None:
    hide = {"moderator_id": world.moderator, "chosen": [await world.statement_id(TEXTS[0])], "hidden": True}
    await world.run(themes.hide, page=await world.page(), **hide)
    report = await report_of(world)
    question = report.questions[0]
    assert (question.hidden, report.statement_count) == (1, 3)
    assert question.themes[0].name == "Samenwerking" and question.themes[0].statements == ()
    assert TEXTS[0] not in told(report)


async def test_settings_that_are_left_to_the_night_are_told_as_such(tmp_path: Path) -> None:
    asked = QuestionSettings(POSITIVE, budget=None, minutes={"collect": 5})
    async with a_world(tmp_path, questions=[asked]) as world:
        question = (await report_of(world)).questions[0]
    assert question.budget is None and question.minutes == {"collect": 5}


async def test_a_retracted_statement_is_gone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.COLLECT)
        await world.write_all(["weg ermee", *TEXTS])
        await world.run(statements.retract, receipt=world.seats[0].receipts[0], revision=2)
        await world.advance_to(Phase.CLUSTER)
        report = await report_of(world)
    assert "weg ermee" not in told(report) and report.statement_count == 4


async def test_a_follow_up_tells_where_its_themes_come_from(world: World) -> None:
    await close_vote(world, *[{"Integrale werkwijze": 1}] * 3)
    carried = [agenda.Carried((await world.theme_ids())["Integrale werkwijze"], "Integraal werken")]
    await world.run(
        agenda.add_follow_up,
        page=await world.page(),
        settings=QuestionSettings("Wat moet er gebeuren?", phases=WITHOUT_VOTE),
        carried=carried,
    )
    question = (await report_of(world)).questions[1]
    assert [(theme.name, theme.carried_from) for theme in question.themes] == [("Integraal werken", "q1-t1")]


async def test_it_says_of_each_action_item_where_it_stands_and_keeps_its_name(world: World) -> None:
    late = date(2020, 1, 1)
    for fields in (
        ActionFields("te laat", due=late),
        ActionFields("gedaan", due=late, done=True),
        ActionFields("open"),
    ):
        await world.run(actions.add, fields=fields)
    first, second = (await report_of(world)).actions, (await report_of(world)).actions
    assert [(item.overdue, item.ownerless, str(item.status)) for item in first] == [
        (True, True, "open"),
        (False, False, "done"),
        (False, True, "open"),
    ]
    assert len({item.uid for item in first}) == 3 and [item.uid for item in first] == [item.uid for item in second]


async def test_it_lists_action_items_and_who_was_there(world: World) -> None:
    theme = (await world.theme_ids())["Samenwerking"]
    await world.run(actions.add, fields=ActionFields("Bellen", theme, "Deelnemer 7", date(2026, 12, 7)))
    await world.run(attendance.add, name="Deelnemer 1", role="wijkagent")
    report = await report_of(world)
    assert [(item.text, item.theme, item.due) for item in report.actions] == [("Bellen", "q1-t1", date(2026, 12, 7))]
    assert [(person.name, person.role) for person in report.attendees] == [("Deelnemer 1", "wijkagent")]


async def test_an_ended_session_has_no_code(world: World) -> None:
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    report = await report_of(world)
    assert (report.code, report.status) == (None, "ended")


async def test_no_key_of_the_database_is_told(world: World) -> None:
    keys = [await world.statement_id(text) for text in TEXTS]
    text = told(await report_of(world))
    assert not any(key in text for key in keys)
