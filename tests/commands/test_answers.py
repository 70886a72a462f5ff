"""Answers become action items: with their words and their theme, and with nothing that points back to them."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.commands import actions, agenda, sessions, themes
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.store import actions as stored
from app.store.tables import ActionItem, Statement
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
ANSWERS = ["ronde maken", "mandaat (financieel)", "politie bellen"]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A follow-up question about one theme, with its answers, still being grouped."""
    async with a_world(tmp_path, questions=(QuestionSettings("Wat nu?", phases=WITHOUT_VOTE),)) as made:
        await made.advance_to(Phase.COLLECT)
        await made.write_all(ANSWERS)
        await made.advance_to(Phase.CLUSTER)
        await made.make_theme("Zichtbaar zijn", ANSWERS[:1])
        yield made


async def made_of(world: World, *texts: str) -> Any:
    return await world.run(actions.add_answers, chosen=[await world.statement_id(text) for text in texts])


async def listed(world: World) -> list[tuple[str, int | None]]:
    async with world.parts.database.reader() as db:
        return [(item.text, item.theme_id) for item in await stored.of_session(db, world.session)]


async def refusal(act: Any) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def test_an_action_has_the_words_of_the_answer_and_its_theme(world: World) -> None:
    await world.advance()
    assert await made_of(world, "ronde maken", "politie bellen") == 2
    theme = (await world.theme_ids())["Zichtbaar zijn"]
    assert sorted(await listed(world)) == [("politie bellen", None), ("ronde maken", theme)]


async def test_the_same_words_make_one_action_however_often_they_are_sent(world: World) -> None:
    await world.advance()
    assert await made_of(world, "ronde maken") == 1
    seq = (await world.row()).seq
    assert await made_of(world, "ronde maken") == 0
    assert len(await listed(world)) == 1 and (await world.row()).seq == seq


async def test_while_a_question_goes_on_its_answers_make_none(world: World) -> None:
    assert await refusal(made_of(world, "ronde maken")) == Reason.NOT_IN_THIS_PHASE


async def test_after_the_session_they_still_do(world: World) -> None:
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    assert await made_of(world, "mandaat (financieel)") == 1


async def test_none_a_hidden_one_and_one_of_another_session_are_refused(world: World) -> None:
    chosen = [await world.statement_id("ronde maken")]
    hiding = {"page": await world.page(), "moderator_id": world.moderator, "chosen": chosen, "hidden": True}
    await world.run(themes.hide, **hiding)
    await world.advance()
    assert await refusal(world.run(actions.add_answers, chosen=[])) == Reason.NO_STATEMENTS_CHOSEN
    assert await refusal(world.run(actions.add_answers, chosen=chosen)) == Reason.STATEMENT_UNKNOWN
    other = await make_world(world.app)
    foreign = [await world.statement_id("politie bellen")]
    assert await refusal(other.run(actions.add_answers, chosen=foreign)) == Reason.STATEMENT_UNKNOWN
    assert await listed(world) == []


async def test_what_was_left_out_on_request_makes_none(world: World) -> None:
    await world.advance()
    key = await world.statement_id("politie bellen")
    async with world.parts.database.writer() as db, db.begin():
        row = await db.get(Statement, key)
        assert row is not None
        row.redacted = True
    assert await refusal(world.run(actions.add_answers, chosen=[key])) == Reason.STATEMENT_UNKNOWN


async def check_no_action_names_a_statement(world: World) -> None:
    """Whoever holds the database can't go from an action item to the statement whose words it has but by the words."""
    await world.advance()
    keys = [await world.statement_id(text) for text in ANSWERS]
    await made_of(world, *ANSWERS)
    with sqlite3.connect(world.parts.database.path) as connection:
        rows = connection.execute("select * from action_item").fetchall()
        columns = {row[1] for row in connection.execute("pragma table_info(action_item)")}
    assert len(rows) == len(ANSWERS) and not {"statement_id"} & columns
    assert not any(key in str(value) for row in rows for value in row for key in keys)


async def test_nothing_in_the_table_of_actions_names_a_statement(world: World) -> None:
    await check_no_action_names_a_statement(world)


async def test_an_action_that_is_named_after_its_statement_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await world.statement_id(ANSWERS[0])
    planted = functools.partial(ActionItem, uid=key)
    monkeypatch.setattr(actions, "ActionItem", planted)
    with pytest.raises(AssertionError):
        await check_no_action_names_a_statement(world)


async def test_a_follow_up_question_gives_its_carried_theme(world: World) -> None:
    await world.advance()
    carried = [agenda.Carried((await world.theme_ids())["Zichtbaar zijn"], "Zichtbaar op straat")]
    settings = QuestionSettings("Wat moet er gebeuren?", phases=WITHOUT_VOTE)
    await world.run(agenda.add_follow_up, page=await world.page(), settings=settings, carried=carried)
    await world.advance()
    await world.write_all(["elke week een ronde", "twee", "drie"])
    await world.advance()
    theme = (await world.theme_ids())["Zichtbaar op straat"]
    chosen = [await world.statement_id("elke week een ronde")]
    put = {"page": await world.page(), "moderator_id": world.moderator, "chosen": chosen, "theme_id": theme}
    await world.run(themes.put, **put)
    await world.advance()
    await world.run(actions.add_answers, chosen=chosen)
    assert await listed(world) == [("elke week een ronde", theme)]
