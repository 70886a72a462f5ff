"""A moderator signs in and out; nobody guesses their way in, and the owner is never locked out."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.commands import accounts
from app.commands.passwords import hash_now
from app.domain import anonymity
from app.live.connection import Connection
from app.store import people
from tests.world import EMAIL, ORIGIN, PASSWORD, World, a_world, first_moderator, running

pytestmark = pytest.mark.anyio


class Socket:
    """The far end of a socket; knows with which code it was closed."""

    closed: int | None = None

    async def close(self, code: int) -> None:
        self.closed = code


def open_control_room(world: World, browser: httpx.AsyncClient) -> Any:
    """A control room that is open in a signed-in browser."""
    socket: Any = Socket()
    connection = Connection(socket, "control_room", "nl", sign_in=anonymity.hash_token(browser.cookies["sign_in"]))
    world.parts.rooms.of(world.session).connections.add(connection)
    return connection


async def test_the_right_password_leads_to_the_sessions(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.post("/sign-in", data={"email": EMAIL.upper(), "password": PASSWORD})
        assert (answer.status_code, answer.headers["location"]) == (303, "/sessions")
        assert (await browser.get("/sessions")).status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie
        # Plain http on a local network: a Secure cookie would never come back.
        assert "secure" not in cookie


@pytest.mark.parametrize("email", [EMAIL, "niemand@example.org"])
async def test_a_wrong_try_says_the_same_for_known_and_unknown_addresses(tmp_path: Path, email: str) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.post("/sign-in", data={"email": email, "password": "verkeerd wachtwoord"})
        assert answer.status_code == 401
        assert "horen niet bij elkaar" in answer.text
        assert f'value="{email}"' in answer.text
        assert "set-cookie" not in answer.headers


async def wrong_tries(world: World, count: int) -> list[asyncio.Task[httpx.Response]]:
    """Strangers behind the same address who guess at once."""
    guess = {"email": EMAIL, "password": "verkeerd wachtwoord"}
    async with world.phone() as stranger:
        sent = [asyncio.create_task(stranger.post("/sign-in", data=guess)) for _ in range(count)]
        await asyncio.wait(sent, timeout=0.5)
    return sent


async def test_wrong_tries_from_the_same_address_do_not_slow_a_browser_that_was_here_before(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        await browser.post("/sign-out")
        guesses = await wrong_tries(world, 80)
        assert sum(not guess.done() for guess in guesses) > 20
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 303
        for guess in guesses:
            guess.cancel()


async def test_an_account_can_try_no_browser_of_another(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        token = browser.cookies["known_browser"]
        async with world.parts.database.reader() as db:
            known = anonymity.hash_token(token)
            assert await people.is_known_browser(db, known, world.moderator, accounts.now())
            assert not await people.is_known_browser(db, known, world.moderator + 1, accounts.now())
            assert not await people.is_known_browser(db, token, world.moderator, accounts.now())


async def test_signing_out_closes_the_control_room_that_is_open_in_this_browser_only(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as first, world.laptop() as second:
        here = [open_control_room(world, browser) for browser in (first, second)]
        await first.post("/sign-out")
        assert [one.socket.closed for one in here] == [4401, None]


async def test_signing_out_everywhere_leaves_no_browser_and_no_control_room(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as first, world.laptop() as second:
        here = [open_control_room(world, browser) for browser in (first, second)]
        assert "2 browsers" in (await first.get("/account")).text
        assert (await first.post("/account/sign-out-everywhere")).headers["location"] == "/sign-in"
        assert [one.socket.closed for one in here] == [4401, 4401]
        for browser in (first, second):
            assert (await browser.get("/sessions")).status_code == 303


async def test_a_password_longer_than_is_hashed_is_refused_and_never_right(tmp_path: Path) -> None:
    long = "x" * 1001
    async with a_world(tmp_path) as world, world.phone() as browser:
        hashed = hash_now(long[:1000])
        await world.parts.writer.run(accounts.set_password, email=EMAIL, password_hash=hashed)
        wrong = await browser.post("/sign-in", data={"email": EMAIL, "password": long})
        right = await browser.post("/sign-in", data={"email": EMAIL, "password": long[:1000]})
        assert (wrong.status_code, right.status_code) == (401, 303)


async def test_an_account_without_a_password_opens_with_none(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        await world.parts.writer.run(accounts.offer_password, email=EMAIL, token_hash="x")
        for password in ("", "nobody", PASSWORD):
            answer = await browser.post("/sign-in", data={"email": EMAIL, "password": password})
            assert answer.status_code == 401


async def test_signing_in_goes_back_to_the_page_that_was_asked_for(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        asked = await browser.get("/sessions/1/agenda")
        assert asked.headers["location"] == "/sign-in?next=/sessions/1/agenda"
        data = {"email": EMAIL, "password": PASSWORD, "next": "/sessions/1/agenda"}
        assert (await browser.post("/sign-in", data=data)).headers["location"] == "/sessions/1/agenda"


@pytest.mark.parametrize("target", ["https://elders.example", "//elders.example", "/\\elders.example", "elders"])
async def test_signing_in_never_leads_to_another_site(tmp_path: Path, target: str) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, "next": target})
        assert answer.headers["location"] == "/sessions"


async def test_who_signs_out_is_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        token = laptop.cookies["sign_in"]
        await laptop.post("/sign-out")
        laptop.cookies.set("sign_in", token)
        assert (await laptop.get("/sessions")).status_code == 303


async def set_up_link(world_app: object) -> str:
    token = secrets.token_urlsafe(18)
    await world_app.state.parts.writer.run(accounts.offer_set_up, token_hash=anonymity.hash_token(token))  # type: ignore[attr-defined]
    return f"/set-up/{token}"


FORM = {"name": "De moderator", "email": EMAIL, "password": PASSWORD}


async def test_the_set_up_link_makes_the_first_moderator_and_signs_them_in(tmp_path: Path) -> None:
    async with running(tmp_path) as app:
        path = await set_up_link(app)
        async with World(app, 0, 0).phone() as browser:
            answer = await browser.post(path, data=FORM)
            assert answer.headers["location"] == "/sessions"
            assert "Nog geen sessies" in (await browser.get("/sessions")).text


async def test_the_set_up_link_works_once(tmp_path: Path) -> None:
    async with running(tmp_path) as app:
        path = await set_up_link(app)
        async with World(app, 0, 0).phone() as browser:
            await browser.post(path, data=FORM)
            again = await browser.post(path, data={**FORM, "email": "tweede@example.org"})
            assert again.status_code == 410


async def test_a_short_password_is_refused_and_the_rest_is_kept(tmp_path: Path) -> None:
    async with running(tmp_path) as app:
        path = await set_up_link(app)
        async with World(app, 0, 0).phone() as browser:
            answer = await browser.post(path, data={**FORM, "password": "elf tekens!"})
            assert answer.status_code == 422
            assert f'value="{EMAIL}"' in answer.text
            assert "elf tekens!" not in answer.text


async def test_with_a_moderator_there_is_no_set_up_any_more(tmp_path: Path) -> None:
    async with running(tmp_path) as app:
        await first_moderator(app)
        path = await set_up_link(app)
        async with World(app, 0, 0).phone() as browser:
            assert (await browser.get(path)).status_code == 410


async def test_a_form_from_another_site_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(Origin="https://elders.example") as browser:
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 403
        assert ORIGIN != "https://elders.example"
