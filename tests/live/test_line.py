"""The line under a socket: broken when nothing moves on it, full early, and gone without a trace when it is closed."""

import asyncio
import gc
import socket
import weakref

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from app.cli import CONNECTIONS
from app.live import line

pytestmark = pytest.mark.anyio
HANDSHAKE = (
    b"GET /socket HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
# As a browser would send it: masked, here with nothing.
PING = b"\x89\x82\x00\x00\x00\x00ja"


class Transport(asyncio.Transport):
    """The way to a reader, without one; `own` is a real socket of the system."""

    def __init__(self):
        super().__init__()
        self.own = socket.socket()
        self.protocol = self.aborted = self.limit = None

    def get_extra_info(self, name, default=None):
        return self.own if name == "socket" else default

    def set_write_buffer_limits(self, high=None, low=None):
        self.limit = high

    def set_protocol(self, protocol):
        self.protocol = protocol

    def write(self, data):
        pass

    def is_closing(self):
        return False

    def close(self):
        self.own.close()

    def abort(self):
        self.aborted = True


async def listening(scope, receive, send):
    """An application that lets a socket in and listens until it is gone."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def opened():
    """A socket as the server opens it: its transport, and the protocol of requests that it came by."""
    config = Config(listening, log_level="warning", **CONNECTIONS)
    config.load()
    transport = Transport()
    requests = config.http_protocol_class(config, ServerState(), {})
    requests.connection_made(transport)
    requests.data_received(HANDSHAKE)
    for _ in range(5):
        await asyncio.sleep(0)
    return transport, requests


@pytest.fixture
async def transport():
    made, _ = await opened()
    yield made
    made.protocol.connection_lost(None)


async def test_a_line_on_which_nothing_moves_is_broken(transport, monkeypatch):
    monkeypatch.setattr(line, "SECONDS_UNTIL_BROKEN", 0.01)
    transport.protocol.pause_writing()
    for _ in range(500):
        if transport.aborted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it was not broken")


async def test_a_line_that_moves_again_is_left_alone(transport):
    transport.protocol.pause_writing()
    broken_at = transport.protocol._broken_at
    transport.protocol.resume_writing()
    assert broken_at.cancelled() and not transport.aborted


async def test_who_asks_for_answers_and_takes_none_in_is_kept_none(transport, monkeypatch):
    answers = []
    monkeypatch.setattr(transport, "write", answers.append)
    transport.protocol.pause_writing()
    transport.protocol.data_received(PING * 100)
    assert answers == []
    transport.protocol.resume_writing()
    transport.protocol.data_received(PING)
    assert answers == [b"\x8a\x02ja"]


async def test_little_waits_for_a_slow_reader(transport):
    assert transport.limit == line.MOST_WAITING
    assert transport.own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == line.MOST_UNSENT


async def test_nothing_of_a_socket_is_left_for_the_garbage_collection():
    gc.collect()
    gc.disable()
    try:
        transport, requests = await opened()
        protocol, transport.protocol = transport.protocol, None
        left = [weakref.ref(one) for one in (requests, protocol, protocol.conn)]
        protocol.connection_lost(None)
        del requests, protocol
        for _ in range(5):
            await asyncio.sleep(0)
        del transport
        assert [one() for one in left] == [None, None, None]
    finally:
        gc.enable()
