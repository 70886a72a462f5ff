"""The sockets: who may open one, what comes first, and what they are told when they may not."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import asynccontextmanager

import httpx
import pytest
from httpx_ws import WebSocketDisconnect, aconnect_ws
from httpx_ws.transport import ASGIWebSocketTransport

from app.domain.phases import Phase
from app.live import delivery
from app.live import room as live
from app.web import socket as sockets
from tests.world import ORIGIN, a_world, make_world

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def opened(world, path, cookies=None, **headers):
    """A browser's socket to the application."""
    own = {"Origin": ORIGIN, "Accept-Language": "nl", **headers}
    transport = ASGIWebSocketTransport(app=world.app)
    async with (
        httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=own, cookies=cookies or {}) as client,
        aconnect_ws(f"{ORIGIN}{path}", client) as socket,
    ):
        yield socket


async def close_code(world, path, cookies=None):
    async with opened(world, path, cookies) as socket:
        with pytest.raises(WebSocketDisconnect) as closed:
            await socket.receive_text(2)
    return closed.value.code


async def phone_path(world, query=""):
    return f"/s/{(await world.row()).code}/socket{query}"


async def test_a_phone_gets_the_whole_screen_first_and_then_what_is_new(tmp_path):
    async with (
        a_world(tmp_path) as world,
        opened(world, await phone_path(world), {"seat": world.seats[0].token}) as socket,
    ):
        assert 'id="scene"' in await socket.receive_text(5)
        await world.advance()
        assert "collect" in await socket.receive_text(5)


async def test_who_is_up_to_date_gets_only_what_is_new(tmp_path):
    async with a_world(tmp_path) as world:
        seq = (await world.row()).seq
        async with opened(world, await phone_path(world, f"?since={seq}"), {"seat": world.seats[0].token}) as socket:
            await world.advance()
            newer = await socket.receive_text(5)
            while "collect" not in newer:
                newer = await socket.receive_text(5)


@pytest.mark.parametrize("since", ["x", "-1", "9" * 40, "1.5", "%00", ""])
async def test_an_odd_since_is_nothing_known(tmp_path, since):
    async with (
        a_world(tmp_path) as world,
        opened(world, await phone_path(world, f"?since={since}"), {"seat": world.seats[0].token}) as socket,
    ):
        assert 'id="scene"' in await socket.receive_text(5)


async def test_without_a_seat_of_this_session_a_phone_is_told_not_to_try_again(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        path = await phone_path(world)
        assert await close_code(world, path) == sockets.NOT_ALLOWED
        assert await close_code(world, path, {"seat": "verzonnen"}) == sockets.NOT_ALLOWED
        assert await close_code(world, path, {"seat": other.seats[0].token}) == sockets.NOT_ALLOWED


async def test_a_control_room_is_only_its_moderators(tmp_path):
    async with a_world(tmp_path) as world:
        path = f"/sessions/{world.session}/socket"
        assert await close_code(world, path) == sockets.NOT_ALLOWED
        assert await close_code(world, path, {"sign_in": "verzonnen"}) == sockets.NOT_ALLOWED
        assert await close_code(world, path, {"seat": world.seats[0].token}) == sockets.NOT_ALLOWED
        async with world.laptop() as laptop:
            cookies = dict(laptop.cookies)
        assert await close_code(world, f"/sessions/{world.session + 99}/socket", cookies) == sockets.NOT_ALLOWED
        for odd in ("9" * 5000, "9" * 16, "x", "-1"):
            assert await close_code(world, f"/sessions/{odd}/socket", cookies) == sockets.NOT_ALLOWED
        async with opened(world, path, cookies) as socket:
            assert 'id="stage"' in await socket.receive_text(5)


async def test_a_big_screen_needs_its_key_and_speaks_the_language_of_the_session(tmp_path):
    async with a_world(tmp_path) as world:
        assert await close_code(world, "/big-screen/verzonnen/socket") == sockets.GONE
        path = f"/big-screen/{(await world.row()).big_screen_key}/socket"
        async with opened(world, path, **{"Accept-Language": "en"}) as socket:
            dutch = await socket.receive_text(5)
        async with opened(world, path) as socket:
            assert await socket.receive_text(5) == dutch


@pytest.mark.parametrize("origin", [b"http://elders.example", b"null", b"http://[", b""])
async def test_another_site_gets_no_socket(tmp_path, origin):
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    async with a_world(tmp_path) as world:
        cookie = f"seat={world.seats[0].token}".encode()
        headers = [(b"origin", origin), (b"host", b"test"), (b"cookie", cookie)]
        scope = {"type": "websocket", "path": await phone_path(world), "query_string": b"", "headers": headers}
        await world.app(scope, receive, send)
    assert sent == [{"type": "websocket.close", "code": 4403}]


async def test_silence_is_broken_by_two_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(live, "COUNT_SECONDS", 0.05)
    async with a_world(tmp_path) as world:
        async with opened(world, await phone_path(world), {"seat": world.seats[0].token}) as socket:
            heard = [await socket.receive_text(5) for _ in range(3)]
        assert "{}" in heard


async def test_what_a_socket_says_is_not_listened_to(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        async with opened(world, await phone_path(world), {"seat": world.seats[0].token}) as socket:
            await socket.receive_text(5)
            await socket.send_text(json.dumps({"text": "langs de verkeerde weg", "receipt": secrets.token_hex(16)}))
            await world.advance_to(Phase.CLUSTER)
            assert "langs de verkeerde weg" not in await socket.receive_text(5)


async def test_a_phone_that_leaves_is_no_longer_counted(tmp_path):
    async with a_world(tmp_path) as world:
        presence = world.parts.rooms.of(world.session).presence
        async with opened(world, await phone_path(world), {"seat": world.seats[0].token}) as socket:
            await socket.receive_text(5)
            assert presence.counts(None, None).connected == 1
        for _ in range(200):
            if presence.counts(None, None).connected == 0:
                break
            await asyncio.sleep(0.01)
        assert presence.counts(None, None).connected == 0
