"""A moderator's own account page, and the link by which somebody chooses a password."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.commands import accounts
from app.domain import anonymity
from tests.world import EMAIL, PASSWORD, World, a_world

pytestmark = pytest.mark.anyio
NEW = "nog een langer wachtwoord"
COLLEAGUE = "collega@example.org"


@asynccontextmanager
async def invited(tmp_path: Path) -> AsyncIterator[tuple[World, httpx.AsyncClient]]:
    """A colleague's account with the link /set-up/link, and a browser."""
    async with a_world(tmp_path) as world, world.phone() as browser:
        await world.parts.writer.run(
            accounts.invite,
            email=COLLEAGUE,
            name="Collega",
            is_owner=False,
            token_hash=anonymity.hash_token("link"),
        )
        yield world, browser


async def signs_in(world: World, email: str, password: str) -> bool:
    async with world.phone() as browser:
        return (await browser.post("/sign-in", data={"email": email, "password": password})).status_code == 303


async def test_the_link_says_for_whom_it_is_and_opens_that_account(tmp_path: Path) -> None:
    async with invited(tmp_path) as (world, browser):
        page = (await browser.get("/set-up/link")).text
        assert COLLEAGUE in page and "Voor Collega" in page
        assert (await browser.post("/set-up/link", data={"password": NEW})).headers["location"] == "/sessions"
        assert COLLEAGUE in (await browser.get("/account")).text
        assert await signs_in(world, COLLEAGUE, NEW)


async def test_the_link_works_once(tmp_path: Path) -> None:
    async with invited(tmp_path) as (world, browser):
        await browser.post("/set-up/link", data={"password": NEW})
        again = await browser.post("/set-up/link", data={"password": "wat een ander wil"})
        assert again.status_code == 410
        assert "gebruikt of te oud" in again.text
        assert await signs_in(world, COLLEAGUE, NEW)


async def test_the_link_is_dead_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with invited(tmp_path) as (_, browser):
        later = accounts.now() + accounts.SET_UP_SECONDS + 1
        monkeypatch.setattr(accounts, "now", lambda: later)
        assert (await browser.get("/set-up/link")).status_code == 410
        assert (await browser.post("/set-up/link", data={"password": NEW})).status_code == 410


@pytest.mark.parametrize(("password", "says"), [("elf tekens!", "minstens 12 tekens"), ("x" * 1001, "hoogstens 1000")])
async def test_the_link_stays_good_after_a_password_that_can_not_be(tmp_path: Path, password: str, says: str) -> None:
    async with invited(tmp_path) as (_, browser):
        answer = await browser.post("/set-up/link", data={"password": password})
        assert answer.status_code == 422
        assert says in answer.text and password not in answer.text
        assert (await browser.post("/set-up/link", data={"password": NEW})).status_code == 303


async def test_only_the_hash_of_the_link_is_kept(tmp_path: Path) -> None:
    async with invited(tmp_path) as (world, _):
        assert b"/set-up/link" not in world.parts.database.path.read_bytes()


async def test_a_new_password_needs_the_present_one_and_signs_other_browsers_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as here, world.laptop() as elsewhere:
        wrong = await here.post("/account/password", data={"present": "niet dit wachtwoord", "password": NEW})
        assert wrong.status_code == 422 and "niet uw huidige wachtwoord" in wrong.text
        assert (await elsewhere.get("/account")).status_code == 200
        right = await here.post("/account/password", data={"present": PASSWORD, "password": NEW})
        assert right.status_code == 303
        assert "is gewijzigd" in (await here.get(right.headers["location"])).text
        assert (await elsewhere.get("/account")).status_code == 303
        assert await signs_in(world, EMAIL, NEW) and not await signs_in(world, EMAIL, PASSWORD)


async def test_the_account_is_for_who_is_signed_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as stranger:
        assert (await stranger.get("/account")).headers["location"] == "/sign-in?next=/account"
        for path in ("/account/password", "/account/sign-out-everywhere"):
            assert (await stranger.post(path)).status_code == 303


async def test_the_dashboard_leads_to_the_account(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        assert re.search(r'<a href="/account"', (await laptop.get("/sessions")).text)
