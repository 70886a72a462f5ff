"""What the load is made of: a lean HTTP connection that stays open, and an efficient socket that only listens."""

from __future__ import annotations

import asyncio
import re
import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast
from urllib.parse import urlsplit

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

PUSH_HEAD = b'<div id="push" data-seq="'
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LONGEST_WAIT = 60.0
BODILESS = (204, 304)


def raise_file_limit() -> None:
    """As many open files as this machine allows: two connections for each participant."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@dataclass
class Answer:
    """What came back, when the request was written and when its last byte was here (`perf_counter`)."""

    status: int
    head: bytes
    body: bytes
    sent_at: float
    got_at: float

    def header(self, name: str) -> str:
        """A header's value; empty when it is missing."""
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


class Line(asyncio.Protocol):
    """One HTTP/1.1 connection of one browser: kept open, one request at a time, opened again when it was closed."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._fixed = f"Host: {parts.netloc}\r\nOrigin: {url}\r\n"
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._sent_at = 0.0
        self._answer: asyncio.Future[Answer] | None = None
        self._turn, self._lost = asyncio.Lock(), asyncio.Event()

    async def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send and wait. Raises OSError when the connection breaks, TimeoutError after a minute."""
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
        async with self._turn:
            transport = await self._connected()
            self._answer, self._buffer = asyncio.get_running_loop().create_future(), b""
            self._sent_at = perf_counter()
            transport.write(f"{method} {path} HTTP/1.1\r\n{self._fixed}{lines}{length}\r\n".encode() + body)
            try:
                return await asyncio.wait_for(self._answer, LONGEST_WAIT)
            except TimeoutError:
                # A late answer must not be taken for that of the next request.
                transport.abort()
                raise

    async def _connected(self) -> asyncio.Transport:
        if self._transport is not None and self._transport.is_closing():
            await self._lost.wait()
        if self._transport is None:
            opening = asyncio.get_running_loop().create_connection(lambda: self, self._host, self._port)
            await asyncio.wait_for(opening, LONGEST_WAIT)
        assert self._transport is not None
        return self._transport

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is one, but does not say so.
        self._transport = cast(asyncio.Transport, transport)
        self._lost.clear()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, gap, body = self._buffer.partition(b"\r\n\r\n")
        if not gap or self._answer is None or self._answer.done():
            return
        status, length = int(head[9:12]), LENGTH.search(head)
        if status not in BODILESS and length is None:
            self._answer.set_exception(OSError("an answer without a length"))
        elif status in BODILESS or (length is not None and len(body) >= int(length[1])):
            self._answer.set_result(Answer(status, head, body, self._sent_at, perf_counter()))

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._lost.set()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the connection was closed"))


@dataclass
class Arrivals:
    """When the push with a certain seq, or a later one, reached each of so many sockets."""

    goal: int = 0
    count: int = 0
    times: list[float] = field(default_factory=list)
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, seq: int, now: float) -> None:
        if seq >= self.goal:
            self.times.append(now)
            if len(self.times) >= self.count:
                self.complete.set()


class Socket(WSListener):
    """A page's socket: counts what is pushed, remembers the seq it shows, and tells of a later one."""

    def __init__(self, seq: int = 0, hear: Callable[[float, bytes], None] | None = None) -> None:
        self.seq, self.bytes, self.is_open = seq, 0, False
        self.arrivals: Arrivals | None = None
        self.hear = hear
        self._transport: WSTransport | None = None

    async def open(self, address: str, cookie: str) -> None:
        """Raises an exception when the handshake fails."""
        await ws_connect(
            lambda: self,
            f"{address}?since={self.seq}" if self.seq else address,
            extra_headers={"Cookie": cookie} if cookie else {},
            websocket_handshake_timeout=LONGEST_WAIT,
        )

    def drop(self) -> None:
        """Gone without a word, as a phone that leaves the Wi-Fi."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)
            self._transport, self.is_open = None, False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport, self.is_open = transport, True

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if transport is self._transport:
            self._transport, self.is_open = None, False

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            if frame.msg_type == WSMsgType.CLOSE:
                transport.disconnect()
            return
        now = perf_counter()
        self.bytes += frame.payload_size
        head = bytes(frame.get_payload_as_memoryview()[:48])
        if head.startswith(PUSH_HEAD):
            self._note(int(head[len(PUSH_HEAD) :].partition(b'"')[0]), now)
        if self.hear is not None:
            self.hear(now, frame.get_payload_as_bytes())

    def _note(self, seq: int, now: float) -> None:
        # Counts are pushed with the seq that is shown already: they are no news.
        if seq > self.seq:
            self.seq = seq
            if self.arrivals is not None:
                self.arrivals.note(seq, now)
