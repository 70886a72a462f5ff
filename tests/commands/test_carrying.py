"""What a group left to be done goes along to its next session, once, and only where its moderator leads both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from app.commands import actions, carrying, sessions
from app.commands.sessions import SessionFields
from app.domain.actions import ActionFields, ActionStatus
from app.screens import action_list
from app.store.tables import ActionItem, ModerationSession
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
DUE = date(2026, 12, 7)


@pytest.fixture
async def before(tmp_path: Path) -> AsyncIterator[World]:
    """An ended session that left two of its three action items to be done."""
    async with a_world(tmp_path) as made:
        for fields in (ActionFields("Bellen", owner="Jan", due=DUE), ActionFields("Klaar", done=True)):
            await made.run(actions.add, fields=fields)
        await made.run(actions.add, fields=ActionFields("Schrijven"))
        await made.run(sessions.end, page=await made.page(), confirmed="end")
        yield made


async def items(world: World) -> list[ActionItem]:
    async with world.parts.database.reader() as db:
        found = select(ActionItem).where(ActionItem.session_id == world.session).order_by(col(ActionItem.id))
        return list((await db.exec(found)).all())


async def left(world: World, moderator: int | None = None) -> list[int]:
    async with world.parts.database.reader() as db:
        view = await action_list.load_earlier(db, world.session, moderator or world.moderator)
    return [row.id for row in view.rows]


async def take(world: World, chosen: list[int], moderator: int | None = None) -> Any:
    return await world.run(carrying.take_along, moderator_id=moderator or world.moderator, chosen=chosen)


async def test_what_is_open_is_shown_and_goes_along_with_its_owner_date_and_calendar_name(before: World) -> None:
    following = await make_world(before.app, opened=False)
    first, _, last = await items(before)
    assert await left(following) == [first.id, last.id]
    assert await take(following, [first.id or 0]) == 1
    (taken,) = await items(following)
    assert (taken.text, taken.owner, taken.due, taken.done, taken.uid) == ("Bellen", "Jan", DUE, False, first.uid)
    assert [(item.text, item.carried) for item in await items(before)] == [
        ("Bellen", True),
        ("Klaar", False),
        ("Schrijven", False),
    ]
    assert await left(following) == [last.id]


async def test_a_second_press_carries_nothing_twice(before: World) -> None:
    following = await make_world(before.app, opened=False)
    chosen = await left(following)
    assert (await take(following, chosen), await take(following, chosen)) == (2, 0)
    assert [item.text for item in await items(following)] == ["Bellen", "Schrijven"]


async def test_a_page_from_before_it_went_along_does_not_change_what_it_was(before: World) -> None:
    following = await make_world(before.app, opened=False)
    seq = (await before.row()).seq
    (first, *_) = await left(following)
    await take(following, [first])
    with pytest.raises(Exception, match="page_is_stale"):
        await before.run(actions.change, action_id=first, fields=ActionFields("Anders"), seq=seq)


async def test_another_group_a_group_without_a_name_and_a_session_that_goes_on_see_nothing(before: World) -> None:
    for group in ("Wijkteam Noord", ""):
        other = await make_world(before.app, opened=False)
        fields = SessionFields("Anders", group, date(2026, 1, 1), "nl")
        await other.run(sessions.change, fields=fields, seq=(await other.row()).seq)
        assert await left(other) == [] and await take(other, [item.id or 0 for item in await items(before)]) == 0
    going_on = await make_world(before.app)
    await going_on.run(actions.add, fields=ActionFields("Nog bezig"))
    assert [item.session_id for item in await items(before)] == [before.session] * 3
    assert len(await left(going_on)) == 2 and len(await left(await make_world(before.app, opened=False))) == 2


async def test_who_does_not_lead_the_earlier_session_neither_sees_nor_takes_what_it_left(before: World) -> None:
    following = await make_world(before.app, opened=False)
    stranger = await following.share_with("Truus")
    assert await left(following, stranger) == []
    assert await take(following, [item.id or 0 for item in await items(before)], stranger) == 0
    assert await items(following) == []


async def test_what_a_deleted_session_left_is_not_shown(before: World) -> None:
    following = await make_world(before.app, opened=False)
    async with before.parts.database.writer() as db, db.begin():
        row = await db.get(ModerationSession, before.session)
        assert row is not None
        row.deleted_at = 1
    assert await left(following) == []


async def test_what_went_along_can_be_opened_again_where_it_was(before: World) -> None:
    following = await make_world(before.app, opened=False)
    first, *_ = await items(before)
    await take(following, [first.id or 0])
    await before.run(actions.set_status, action_id=first.id, status=ActionStatus.OPEN)
    assert first.id in await left(following)
    seq = (await before.row()).seq
    await before.run(actions.set_status, action_id=first.id, status=ActionStatus.OPEN)
    assert (await before.row()).seq == seq
