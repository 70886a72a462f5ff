"""Who leads which sessions now: asked for many at once, with the answer that each would get alone."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.commands import retention, sharing
from app.store import sessions
from tests.commands.accounts import OTHER_EMAIL, another_moderator
from tests.world import World, a_world, make_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]
NOWHERE = 99_999


async def led_now(world: World, pairs: set[tuple[int, int]]) -> tuple[set[tuple[int, int]], int]:
    """The answer, and how many queries it took."""
    asked: list[str] = []
    engine: Any = world.parts.database._reader_engine.sync_engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    async with world.parts.database.reader() as db:
        event.listen(engine, "before_cursor_execute", note)
        led = await sessions.led_now(db, pairs)
        event.remove(engine, "before_cursor_execute", note)
    return led, len([statement for statement in asked if statement.startswith("SELECT")])


async def one_by_one(world: World, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    led = set()
    async with world.parts.database.reader() as db:
        for number, moderator in pairs:
            session = await sessions.by_id(db, number)
            if session is not None and await sessions.may_lead(db, session, moderator):
                led.add((number, moderator))
    return led


async def test_who_leads_which_sessions_takes_one_query_for_all(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other, third = await another_moderator(world), await another_moderator(world, "derde@example.org", "Derde")
        alone = await make_world(world.app)
        gone = await make_world(world.app, opened=False)
        for shared in (world, gone):
            await shared.run(sharing.share, moderator_id=world.moderator, email=OTHER_EMAIL)
        await gone.run(retention.delete, moderator_id=world.moderator)
        pairs = set(
            itertools.product((world.session, alone.session, gone.session, NOWHERE), (world.moderator, other, third))
        )
        leading = {(world.session, world.moderator), (world.session, other), (alone.session, world.moderator)}
        assert await led_now(world, pairs) == (leading, 1)
        assert await one_by_one(world, pairs) == leading


async def test_only_who_was_asked_for_is_told(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        await world.run(sharing.share, moderator_id=world.moderator, email=OTHER_EMAIL)
        assert (await led_now(world, {(world.session, other)}))[0] == {(world.session, other)}
        assert (await led_now(world, set()))[0] == set()
