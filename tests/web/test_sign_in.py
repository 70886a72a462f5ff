"""A moderator signs in and out; nobody guesses their way in, and the owner is never locked out."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

import pytest

from app.commands import accounts
from app.domain import anonymity
from app.domain.refusals import Refusal
from app.web import sign_in
from app.web.limits import Attempts
from tests.world import EMAIL, ORIGIN, PASSWORD, World, a_world, first_moderator, running

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def no_attempts_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "attempts", Attempts())


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


async def test_after_many_wrong_tries_the_owner_still_gets_in_from_elsewhere(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        for _ in range(40):
            with contextlib.suppress(Refusal):
                sign_in.attempts.begin("203.0.113.9", EMAIL)
                sign_in.attempts.was_wrong(EMAIL)
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert answer.status_code == 303


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
