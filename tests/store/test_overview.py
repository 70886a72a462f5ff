"""The counts of a list of sessions: right for each, and asked for all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.commands import actions, sharing
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY
from app.screens import dashboard
from app.store import overview
from app.store.overview import Counts
from app.store.tables import Moderator
from tests.commands.accounts import another_moderator
from tests.world import World, a_world, make_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]
WITH_A_PAUSE = (QuestionSettings("Een?"), QuestionSettings("Even rust", phases=PAUSE_ONLY), QuestionSettings("Twee?"))


async def test_each_session_has_its_own_counts_and_a_pause_is_no_question(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=WITH_A_PAUSE, seats=4) as world:
        empty = await make_world(world.app, questions=(), opened=False)
        await world.run(actions.add, fields=ActionFields("Doen"))
        async with world.parts.database.reader() as db:
            counts = await overview.counts(db, world.moderator, date.today())
        assert (counts[world.session], empty.session in counts) == (Counts(2, 1, 4, open=1, ownerless=1), False)


async def test_where_an_open_session_is_counts_questions_only(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=WITH_A_PAUSE[1:]) as world:
        async with world.parts.database.reader() as db:
            assert await overview.whereabouts(db, world.moderator) == {}
        await world.advance()
        async with world.parts.database.reader() as db:
            assert await overview.whereabouts(db, world.moderator) == {world.session: (None, "pause")}


async def test_sharing_is_told_by_name_to_both_sides(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        await world.run(sharing.share, moderator_id=world.moderator, email="ander@example.org")
        async with world.parts.database.reader() as db:
            for moderator in (world.moderator, other):
                told = (await overview.sharing(db, moderator))[world.session]
                assert (told.owner, told.shared_with) == ("De moderator", ("Ander de Vries",))


async def queries(world: World) -> int:
    """How many questions the dashboard asks the database."""
    asked: list[str] = []
    engine: Any = world.parts.database._reader_engine.sync_engine

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    async with world.parts.database.reader() as db:
        account = await db.get(Moderator, world.moderator)
        assert account is not None
        await dashboard.load(db, account, lambda session: 0)
    event.remove(engine, "before_cursor_execute", count)
    return len([statement for statement in asked if statement.startswith("SELECT")])


async def test_many_sessions_take_as_many_queries_as_one(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        with_one = await queries(world)
        for opened in (True, False) * 5:
            await make_world(world.app, opened=opened, seats=1)
        assert await queries(world) == with_one


async def test_what_is_left_to_be_done_is_counted_with_what_is_overdue_and_nobodys(tmp_path: Path) -> None:
    today = date(2026, 12, 7)
    async with a_world(tmp_path) as world:
        for fields in (
            ActionFields("vandaag", owner="Jan", due=today),
            ActionFields("gisteren", due=date(2026, 12, 6)),
            ActionFields("gisteren gedaan", due=date(2026, 12, 6), done=True),
        ):
            await world.run(actions.add, fields=fields)
        async with world.parts.database.reader() as db:
            counted = (await overview.counts(db, world.moderator, today))[world.session]
        assert (counted.actions, counted.open, counted.overdue, counted.ownerless) == (3, 2, 1, 1)
