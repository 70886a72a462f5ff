"""Sharing a session: by the address of an account, by its owner only; and leaving it."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from app.commands import sharing
from app.domain.refusals import Reason, Refusal
from app.store import sessions as stored
from tests.commands.accounts import OTHER_EMAIL, another_moderator
from tests.world import EMAIL, World, a_world

pytestmark = pytest.mark.anyio


async def refusal(act: Awaitable[Any]) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def share(world: World, email: str = OTHER_EMAIL, by: int | None = None) -> Any:
    return await world.run(sharing.share, moderator_id=by or world.moderator, email=email)


async def may_lead(world: World, moderator: int) -> bool:
    async with world.parts.database.reader() as db:
        return await stored.may_lead(db, await world.row(), moderator)


async def test_who_shares_a_session_may_lead_it_until_it_is_taken_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        assert not await may_lead(world, other)
        assert await share(world, " ANDER@example.org ") == other
        await share(world)
        assert await may_lead(world, other)
        await world.run(sharing.stop_sharing, moderator_id=world.moderator, other_id=other)
        assert not await may_lead(world, other)


async def test_a_session_is_shared_with_an_existing_account_that_is_not_the_owners(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await refusal(share(world, "niemand@example.org")) == Reason.ACCOUNT_UNKNOWN
        assert await refusal(share(world, EMAIL)) == Reason.ACCOUNT_IS_THE_OWNERS


async def test_only_the_owner_adds_and_takes_off(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        third = await another_moderator(world, "derde@example.org", "Derde")
        await share(world)
        await share(world, "derde@example.org")
        assert await refusal(share(world, "derde@example.org", by=other)) == Reason.ONLY_THE_OWNER
        taking = world.run(sharing.stop_sharing, moderator_id=other, other_id=third)
        assert await refusal(taking) == Reason.ONLY_THE_OWNER
        assert await may_lead(world, third)


async def test_one_may_leave_by_oneself(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        await share(world)
        await world.run(sharing.stop_sharing, moderator_id=other, other_id=other)
        assert not await may_lead(world, other)
