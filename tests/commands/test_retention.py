"""Deleting with a way back, and what is deleted for good: by whom, when, and that nothing of it stays."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select, update

from app.commands import actions, agenda, attendance, retention, sessions, sharing
from app.commands.agenda import Carried
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.main import purge
from app.store.tables import METADATA, ModerationSession, OwnerSetting, RestingCode
from tests.commands.accounts import another_moderator
from tests.promises.watch import settle
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
DAY = 24 * 3600
SECRET = "dit stond er en mag nergens meer staan"


async def refusal(act: Awaitable[Any]) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def end(world: World) -> None:
    await world.run(sessions.end, page=await world.page(), confirmed="end")


async def delete(world: World, moderator: int | None = None) -> None:
    await world.run(retention.delete, moderator_id=moderator or world.moderator)


async def is_there(world: World) -> bool:
    async with world.parts.database.reader() as db:
        return await db.get(ModerationSession, world.session) is not None


async def write(world: World, **columns: Any) -> None:
    """Set columns of the session as if time had passed."""
    async with world.parts.database.writer() as db, db.begin():
        await db.exec(update(ModerationSession).where(col(ModerationSession.id) == world.session).values(**columns))


async def make_rounds(world: World, days: float = 0) -> None:
    """The server's rounds, so many days from now."""
    await purge(world.parts.writer, world.parts.rooms, int(time.time() + days * DAY))


async def full_session(world: World) -> None:
    """A session with a row in every table that belongs to one."""
    other = await another_moderator(world)
    await world.run(sharing.share, moderator_id=world.moderator, email="ander@example.org")
    await world.advance_to(Phase.CLUSTER)
    await world.write_all([SECRET, "b", "c", "d"])
    await world.make_theme(SECRET)
    await world.advance_to(Phase.VOTE)
    theme = (await world.theme_ids())[SECRET]
    for seat in world.seats:
        await world.vote(seat, {theme: 1})
    await world.advance()
    page, carried = await world.page(), [Carried(theme, "Verder")]
    await world.run(agenda.add_follow_up, page=page, settings=QuestionSettings("Straks?"), carried=carried)
    await world.run(actions.add, fields=ActionFields(SECRET, theme))
    await world.run(attendance.add, name="Jan " + SECRET, role="")
    assert other


async def test_a_deleted_session_comes_back_as_it_was(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        before = (await world.row()).seq
        await delete(world)
        assert (await world.row()).deleted_at is not None
        await world.run(retention.put_back, moderator_id=world.moderator)
        assert ((await world.row()).deleted_at, (await world.row()).seq) == (None, before)


async def test_a_session_that_goes_on_is_not_deleted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await refusal(delete(world)) == Reason.SESSION_IS_GOING_ON
        assert (await world.row()).deleted_at is None


async def test_only_the_owner_deletes_and_puts_back(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        other = await another_moderator(world)
        await world.run(sharing.share, moderator_id=world.moderator, email="ander@example.org")
        assert await refusal(delete(world, other)) == Reason.ONLY_THE_OWNER
        await delete(world)
        assert await refusal(world.run(retention.put_back, moderator_id=other)) == Reason.ONLY_THE_OWNER


async def test_deleting_twice_does_not_give_more_time(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await write(world, deleted_at=7)
        await delete(world)
        assert (await world.row()).deleted_at == 7


async def test_the_code_of_a_deleted_session_is_not_given_to_another(tmp_path: Path, monkeypatch: Any) -> None:
    async with a_world(tmp_path) as world:
        code = int(str((await world.row()).code))
        await end(world)
        await delete(world)
        draws = iter([code - 100_000, 100_000])
        monkeypatch.setattr(sessions.secrets, "randbelow", lambda _: next(draws))
        assert (await (await make_world(world.app, seats=0)).row()).code == "200000"


async def test_after_a_week_a_deleted_session_is_gone_for_good(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await delete(world)
        await make_rounds(world, 6.9)
        assert await is_there(world)
        await make_rounds(world, 7.1)
        assert not await is_there(world)


async def test_what_is_gone_is_gone_from_every_table_and_from_the_disk(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await full_session(world)
        await end(world)
        other = await make_world(world.app)
        await delete(world)
        await make_rounds(world, 7.1)
        await settle(world)
        for path in world.parts.database.path.parent.iterdir():
            assert SECRET.encode() not in path.read_bytes(), path.name
        assert await rows_of(world) == await rows_of_nothing_but(other)
        async with world.parts.database.reader() as db:
            assert (await db.exec(select(RestingCode))).one().until > time.time() + 30 * DAY


async def rows_of(world: World) -> dict[str, int]:
    async with world.parts.database.reader() as db:
        found = {name: (await db.exec(select(func.count()).select_from(table))).one() for name, table in TABLES}
    return {name: int(count) for name, count in found.items() if count}


TABLES = [(name, table) for name, table in METADATA.tables.items() if name not in {"moderator", "resting_code"}]


async def rows_of_nothing_but(world: World) -> dict[str, int]:
    """What a session has that has only just been opened."""
    return {"moderation_session": 1, "question": 2, "participant": len(world.seats)}


@pytest.mark.parametrize("opened", [True, False])
async def test_a_session_is_kept_a_year_and_then_deleted_by_the_server(tmp_path: Path, opened: bool) -> None:
    async with a_world(tmp_path, opened=opened) as world:
        await make_rounds(world, 365)
        assert await is_there(world)
        await make_rounds(world, 366)
        assert not await is_there(world)


async def test_the_day_of_the_gathering_counts_when_it_is_later(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await write(world, held_on=date.fromtimestamp(time.time() + 100 * DAY), kept_from=date.today())
        await make_rounds(world, 460)
        assert await is_there(world)
        await make_rounds(world, 467)
        assert not await is_there(world)


async def test_the_owner_of_the_server_decides_how_long(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        async with world.parts.database.writer() as db, db.begin():
            db.add(OwnerSetting(name="retention_days", value="30"))
        await make_rounds(world, 30)
        assert await is_there(world)
        await make_rounds(world, 31)
        assert not await is_there(world)


async def test_nothing_is_deleted_under_people_who_are_there(tmp_path: Path, monkeypatch: Any) -> None:
    async with a_world(tmp_path) as world:
        monkeypatch.setattr(world.parts.rooms, "occupied", lambda: {world.session})
        await make_rounds(world, 1000)
        assert await is_there(world)


async def test_the_end_of_a_session_is_a_new_beginning_of_its_time(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await write(world, kept_from=date(2005, 8, 18))
        await end(world)
        assert (await world.row()).kept_from == date.today()


async def test_rounds_without_anything_due_change_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await world.parts.writer.run(retention.purge, now=int(time.time())) == []


async def test_a_session_that_is_opened_is_kept_from_that_day(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await write(world, kept_from=date(2005, 8, 18))
        await world.run(sessions.open_session)
        assert (await world.row()).kept_from == date.today()


async def test_the_server_does_it_by_itself(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.main.ROUNDS_SECONDS", 0.02)
    monkeypatch.setattr("app.main.PURGE_SECONDS", 0)
    async with a_world(tmp_path, opened=False) as world:
        await write(world, deleted_at=1)
        while await is_there(world):
            await asyncio.sleep(0.02)
