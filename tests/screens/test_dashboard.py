"""A moderator's sessions: what goes on, what is planned, what is over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.commands import accounts, sessions
from app.commands.sessions import SessionFields
from app.screens import dashboard
from app.screens.dashboard import DashboardView
from app.store.tables import Moderator
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def shown(world: World, moderator: int | None = None, connected: int = 17) -> DashboardView:
    async with world.parts.database.reader() as db:
        account = await db.get(Moderator, moderator or world.moderator)
        assert account is not None
        return await dashboard.load(db, account, lambda session: connected)


async def test_an_open_session_tells_where_it_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        live = (await shown(world)).live[0]
        assert (live.number, live.questions, live.phase, live.connected) == (1, 2, "collect", 17)


async def test_planned_sessions_come_next_one_first(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        for title, day in (("later", date(2006, 1, 2)), ("eerder", date(2004, 1, 2))):
            fields = SessionFields(title, "", day, "nl")
            await world.parts.writer.run(sessions.create, moderator_id=world.moderator, fields=fields)
        planned = [row.title for row in (await shown(world)).drafts]
        assert planned == ["eerder", "Quick scan wijkbeheer nieuwe stijl", "later"]


async def test_a_finished_session_counts_its_participants_unless_they_are_few(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=2) as world:
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert (await shown(world)).ended[0].participants is None


async def test_another_moderator_sees_nothing_of_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await world.parts.writer.run(
            accounts.create, email="ander@example.org", name="Ander", password_hash="x"
        )
        view = await shown(world, other)
        assert (view.live, view.drafts, view.ended) == ((), (), ())
