"""An account that leaves takes nothing away from others."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from app.commands import accounts
from app.commands.removal import remove_account
from app.domain.refusals import Reason, Refusal
from app.store import people, sessions
from app.store.tables import CoModerator, Moderator, Template
from tests.world import EMAIL, World, a_world

pytestmark = pytest.mark.anyio
HEIR = "collega@example.org"


async def add(world: World, email: str, is_owner: bool = True) -> int:
    made: int = await world.parts.writer.run(
        accounts.create, email=email, name=email, password_hash="", is_owner=is_owner
    )
    return made


async def put(world: World, row: CoModerator | Template) -> None:
    async with world.parts.database.writer() as db, db.begin():
        db.add(row)


async def test_its_sessions_go_to_a_colleague_who_shared_them_and_now_owns_them(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        heir = await add(world, HEIR)
        await put(world, CoModerator(session_id=world.session, moderator_id=heir))
        await put(world, Template(moderator_id=world.moderator, name="Avond", language="nl", shared=True))
        await world.parts.writer.run(remove_account, email=EMAIL, give_to=HEIR)
        assert (await world.row()).moderator_id == heir
        async with world.parts.database.reader() as db:
            assert [one.email for one in (await db.exec(select(Moderator))).all()] == [HEIR]
            assert (await db.exec(select(CoModerator))).first() is None
            assert [one.moderator_id for one in (await db.exec(select(Template))).all()] == [heir]


async def test_deleted_sessions_and_shared_templates_keep_an_account_too(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        leaving = await add(world, HEIR)
        await put(world, Template(moderator_id=leaving, name="Avond", language="nl", shared=True))
        with pytest.raises(Refusal) as refused:
            await world.parts.writer.run(remove_account, email=HEIR)
        assert refused.value.reason == Reason.ACCOUNT_HAS_SESSIONS


async def test_sharing_ends_with_the_account_and_the_session_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        leaving = await add(world, HEIR)
        await put(world, CoModerator(session_id=world.session, moderator_id=leaving))
        await world.parts.writer.run(remove_account, email=HEIR)
        async with world.parts.database.reader() as db:
            assert await sessions.by_id(db, world.session) is not None
            assert await people.owners(db) == 1
