"""A phone that vanished without a word, as in a lift: the server notices, and counts it no longer."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn

from app import cli
from tests.server import free_port
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def served(world: World, **options: float) -> AsyncIterator[int]:
    """The world's application at a port of this machine."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(world.app, port=port, lifespan="off", log_level="warning", ws="websockets-sansio", **options)
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        await serving


async def open_socket(world: World, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A socket opened by hand, on a line that takes everything in and answers nothing, pings neither."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Cookie": f"seat={world.seats[0].token}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
    }
    lines = [
        f"GET /s/{(await world.row()).code}/socket HTTP/1.1",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    assert b"101" in await reader.readline()
    return reader, writer


async def until_connected(world: World, count: int) -> None:
    presence = world.parts.rooms.of(world.session).presence
    for _ in range(500):
        if presence.counts(None, None).connected == count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"still {presence.counts(None, None).connected} connected")


async def test_a_phone_that_answers_no_pings_is_let_go(tmp_path):
    async with a_world(tmp_path) as world, served(world, ws_ping_interval=0.2, ws_ping_timeout=0.2) as port:
        _, writer = await open_socket(world, port)
        await until_connected(world, 1)
        await until_connected(world, 0)
        writer.close()


def test_the_server_asks_often_enough_to_notice_within_half_a_minute(monkeypatch, tmp_path):
    asked = {}
    monkeypatch.setenv("DATA", str(tmp_path / "data"))
    monkeypatch.setattr(cli.logs, "set_up", lambda: None)
    monkeypatch.setattr(cli.garbage, "set_up", lambda: None)
    monkeypatch.setattr(cli.serving, "serve", lambda **options: asked.update(options))
    assert cli.main(["run"]) == 0
    assert asked["ws"] == "app.live.line:Line"
    assert asked["ws_ping_interval"] + asked["ws_ping_timeout"] <= 30
