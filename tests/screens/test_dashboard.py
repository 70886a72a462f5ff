"""A moderator's sessions: what goes on, what is planned, what is over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.commands import accounts, copies, sessions
from app.commands.copies import Occasion
from app.commands.sessions import SessionFields
from app.screens import dashboard
from app.screens.dashboard import DashboardView
from app.store.tables import Moderator, OwnerSetting
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio


async def shown(world: World, moderator: int | None = None, connected: int = 17, **how: Any) -> DashboardView:
    async with world.parts.database.reader() as db:
        account = await db.get(Moderator, moderator or world.moderator)
        assert account is not None
        return await dashboard.load(db, account, lambda session: connected, **how)


async def test_an_open_session_tells_where_it_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        live = (await shown(world)).live[0]
        assert (live.number, live.row.questions, live.phase, live.connected) == (1, 2, "collect", 17)


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


async def test_a_row_tells_until_when_it_is_kept_and_when_that_is_soon(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        row = (await shown(world)).drafts[0]
        assert (row.kept_until, row.goes_soon) == (date.today() + timedelta(days=365), False)
        async with world.parts.database.writer() as db, db.begin():
            db.add(OwnerSetting(name="retention_days", value="30"))
        assert (await shown(world)).drafts[0].goes_soon


async def test_planned_sessions_of_one_day_come_in_the_order_they_begin(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        for time in ("20:00", "09:30"):
            occasion = Occasion(time, date(2005, 8, 18), time)
            await world.run(copies.copy, moderator_id=world.moderator, occasion=occasion)
        assert [row.starts_at for row in (await shown(world)).drafts] == [None, "09:30", "20:00"]


async def test_of_many_finished_sessions_the_latest_come_first_and_all_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "ENDED_AT_FIRST", 1)
    async with a_world(tmp_path) as world:
        for one in (world, await make_world(world.app, title="Later")):
            await one.run(sessions.end, page=await one.page(), confirmed="end")
        view = await shown(world)
        assert ([row.title for row in view.ended], view.ended_left_out) == (["Later"], 1)
        for more in ({"with_all": True}, {"search": "augustus 2005"}):
            view = await shown(world, **more)
            assert (len(view.ended), view.ended_left_out) == (2, 0)
