"""A socket whose reader is slow or stops: so little fits between server and reader that the server feels it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from urllib.parse import urlsplit

SMALL_BUFFER = 4096
SEQ = re.compile(rb'<div id="push" data-seq="(\d+)"')
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
STEP_SECONDS = 0.1
FAST = 1_000_000


class Reader:
    """One page's socket, read by hand: `seq` is the newest screen that was read, `heard` the bytes."""

    def __init__(self, url: str, path: str, cookie: str) -> None:
        parts = urlsplit(url)
        self._address, self._path, self._cookie = (str(parts.hostname), int(parts.port or 80)), path, cookie
        self._socket = socket.socket()
        self._buffer = b""
        self.heard = self.seq = 0
        self.is_closed = False
        self.bytes_a_second = FAST

    async def open(self) -> None:
        """The handshake, and not a byte more."""
        loop = asyncio.get_running_loop()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self._socket.setblocking(False)
        await loop.sock_connect(self._socket, self._address)
        host = f"{self._address[0]}:{self._address[1]}"
        lines = [f"GET {self._path}/socket HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Upgrade: websocket"]
        lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        await loop.sock_sendall(self._socket, "\r\n".join([*lines, f"Cookie: {self._cookie}", "", ""]).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += await loop.sock_recv(self._socket, 1)
        assert head.startswith(b"HTTP/1.1 101"), head

    async def read_on(self) -> None:
        """Until it is closed or cancelled, at the pace of its line."""
        loop = asyncio.get_running_loop()
        while not self.is_closed:
            data = b""
            with contextlib.suppress(ConnectionResetError):
                data = await loop.sock_recv(self._socket, int(self.bytes_a_second * STEP_SECONDS))
            self.is_closed = not data
            self.heard += len(data)
            self._buffer += data
            while self._take_frame():
                pass
            if self.bytes_a_second < FAST:
                await asyncio.sleep(STEP_SECONDS)

    def _take_frame(self) -> bool:
        """Whether there was a whole one. The server's are not masked."""
        if len(self._buffer) < 4:
            return False
        kind, length, start = self._buffer[0] & 15, self._buffer[1] & 127, 2
        if length == 126:
            length, start = int.from_bytes(self._buffer[2:4]), 4
        elif length == 127:
            length, start = int.from_bytes(self._buffer[2:10]), 10
        if len(self._buffer) < start + length:
            return False
        body, self._buffer = self._buffer[start : start + length], self._buffer[start + length :]
        if kind == PING:
            self._socket.send(bytes([128 | PONG, 128 | length, 0, 0, 0, 0]) + body)
        elif kind == TEXT and (pushed := SEQ.match(body)):
            self.seq = max(self.seq, int(pushed[1]))
        return True

    def close(self) -> None:
        self._socket.close()
