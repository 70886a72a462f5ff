"""Of sign-ins, known browsers and links that are over nothing is kept; the others stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import accounts
from app.domain.refusals import Reason, Refusal
from app.store.tables import KnownBrowser, SetUpLink, SignIn
from tests.commands.accounts import another_moderator
from tests.world import PASSWORD_HASH, World, a_world, running

pytestmark = pytest.mark.anyio


async def sign_in(world: World, token: str, known: str = "", known_before: str = "", by: int | None = None) -> None:
    await world.parts.writer.run(
        accounts.sign_in,
        moderator_id=by or world.moderator,
        token_hash=token,
        known_hash=known,
        known_before=known_before,
    )


async def kept(world: World, table: Any) -> set[str]:
    async with world.parts.database.reader() as db:
        return set((await db.exec(select(table.token_hash))).all())


async def test_a_sign_in_clears_away_those_that_are_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path, seats=0) as world:
        other, began = await another_moderator(world), accounts.now()
        await sign_in(world, "over", "known still", by=other)
        monkeypatch.setattr(accounts, "now", lambda: began + accounts.SIGN_IN_SECONDS - 60)
        await sign_in(world, "lasts")
        assert await kept(world, SignIn) == {"over", "lasts"}
        monkeypatch.setattr(accounts, "now", lambda: began + accounts.SIGN_IN_SECONDS + 60)
        await sign_in(world, "new")
        assert await kept(world, SignIn) == {"lasts", "new"}
        assert await kept(world, KnownBrowser) == {"known still"}


async def test_a_browser_is_known_by_its_last_token_and_for_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path, seats=0) as world:
        began = accounts.now()
        await sign_in(world, "1", "first")
        await sign_in(world, "2", "of another browser")
        await sign_in(world, "3", "second", known_before="first")
        assert await kept(world, KnownBrowser) == {"of another browser", "second"}
        monkeypatch.setattr(accounts, "now", lambda: began + accounts.KNOWN_SECONDS + 60)
        await sign_in(world, "4", "much later")
        assert await kept(world, KnownBrowser) == {"much later"}


async def test_of_two_set_up_links_only_the_last_works(tmp_path: Path) -> None:
    async with running(tmp_path) as app:
        run = app.state.parts.writer.run
        for link in ("first", "second"):
            assert await run(accounts.offer_set_up, token_hash=link)
        who = {"email": "eigenaar@example.org", "name": "Eigenaar", "password_hash": PASSWORD_HASH}
        with pytest.raises(Refusal) as refused:
            await run(accounts.set_up, token_hash="first", **who)
        assert refused.value.reason == Reason.SET_UP_LINK_USED
        assert await run(accounts.set_up, token_hash="second", **who)
        async with app.state.parts.database.reader() as db:
            assert (await db.exec(select(SetUpLink))).all() == []
