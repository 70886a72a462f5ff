"""The page on which a session is shared."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from httpx_ws import WebSocketDisconnect

from app.commands import accounts, sharing
from app.domain import anonymity
from tests.commands.accounts import OTHER_EMAIL, another_moderator
from tests.web.test_sockets import opened
from tests.world import EMAIL, World, a_world

pytestmark = pytest.mark.anyio


@contextlib.asynccontextmanager
async def laptop_of(world: World, moderator: int) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    token = secrets.token_urlsafe(18)
    await world.parts.writer.run(accounts.sign_in, moderator_id=moderator, token_hash=anonymity.hash_token(token))
    async with world.phone() as browser:
        browser.cookies.set("sign_in", token)
        yield browser, {"sign_in": token}


async def test_who_is_added_leads_along_and_is_seen_by_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        other = await another_moderator(world)
        async with laptop_of(world, other) as (browser, _):
            assert (await browser.get(f"/sessions/{world.session}/control-room")).status_code == 404
            answer = await owner.post(f"/sessions/{world.session}/sharing", data={"email": OTHER_EMAIL})
            page = (await owner.get(answer.headers["location"])).text
            assert "Ander de Vries kan deze sessie nu ook leiden" in page and OTHER_EMAIL in page
            assert (await browser.get(f"/sessions/{world.session}/control-room")).status_code == 200
            assert "gedeeld door De moderator" in (await browser.get("/sessions")).text
            assert "gedeeld met Ander de Vries" in (await owner.get("/sessions")).text


async def test_who_is_taken_off_is_out_at_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        other = await another_moderator(world)
        await owner.post(f"/sessions/{world.session}/sharing", data={"email": OTHER_EMAIL})
        async with laptop_of(world, other) as (browser, cookies):
            async with opened(world, f"/sessions/{world.session}/socket", cookies) as socket:
                await socket.receive_text(5)
                await owner.post(f"/sessions/{world.session}/sharing/{other}/remove")
                with pytest.raises(WebSocketDisconnect) as closed:
                    while True:
                        await socket.receive_text(5)
                assert closed.value.code == 4401
            assert (await browser.get(f"/sessions/{world.session}/control-room")).status_code == 404


async def test_who_was_just_opening_a_control_room_when_taken_off_loses_it_at_the_next_round(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        other, here = await another_moderator(world), f"/sessions/{world.session}/socket"
        await owner.post(f"/sessions/{world.session}/sharing", data={"email": OTHER_EMAIL})
        async with (
            laptop_of(world, other) as (_, cookies),
            opened(world, here, dict(owner.cookies)) as owns,
            opened(world, here, cookies) as socket,
        ):
            await socket.receive_text(5)
            await owns.receive_text(5)
            # Without closing what is open: this one was not in the room yet.
            await world.run(sharing.stop_sharing, moderator_id=world.moderator, other_id=other)
            await world.parts.rooms.end_signed_out(accounts.now())
            with pytest.raises(WebSocketDisconnect) as closed:
                while True:
                    await socket.receive_text(5)
            assert closed.value.code == 4401
            await world.advance()
            while "collect" not in await owns.receive_text(5):
                pass


async def test_who_leads_along_sees_the_list_and_may_only_leave(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        other = await another_moderator(world)
        await owner.post(f"/sessions/{world.session}/sharing", data={"email": OTHER_EMAIL})
        async with laptop_of(world, other) as (browser, _):
            page = (await browser.get(f"/sessions/{world.session}/sharing")).text
            assert EMAIL in page and 'name="email"' not in page and 'href="/settings"' not in page
            added = await browser.post(f"/sessions/{world.session}/sharing", data={"email": OTHER_EMAIL})
            assert 'role="alert"' not in page and added.status_code == 403
            left = await browser.post(f"/sessions/{world.session}/sharing/{other}/remove")
            assert left.headers["location"] == "/sessions"
            assert (await browser.get(f"/sessions/{world.session}/sharing")).status_code == 404


@pytest.mark.parametrize(("email", "status"), [("niemand@example.org", 404), (EMAIL, 409), ("", 404)])
async def test_an_address_that_can_not_be_added_says_why_and_is_kept(tmp_path: Path, email: str, status: int) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        answer = await owner.post(f"/sessions/{world.session}/sharing", data={"email": email})
        assert answer.status_code == status
        assert 'role="alert"' in answer.text and f'value="{email}"' in answer.text


async def test_taking_off_whoever_is_not_there_changes_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        assert (await owner.post(f"/sessions/{world.session}/sharing/77/remove")).status_code == 303
        assert (await owner.post(f"/sessions/{world.session}/sharing/{2**80}/remove")).status_code == 404


async def test_owning_a_session_does_not_show_the_way_to_the_servers_settings(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        async with laptop_of(world, other) as (browser, _):
            made = await browser.post("/sessions", data={"title": "Eigen", "template": "empty", "language": "nl"})
            session = made.headers["location"].split("/")[2]
            for page in ("sharing", "copy"):
                assert 'href="/settings"' not in (await browser.get(f"/sessions/{session}/{page}")).text
