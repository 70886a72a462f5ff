"""The line under each socket: how much may wait in it for a slow reader, how long, and what is kept beside it."""

from __future__ import annotations

import socket
from asyncio import BaseTransport, TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

# Bytes that may wait here: then a socket is behind, and misses what is only an older screen.
MOST_WAITING = 16 * 1024
# Bytes that may wait in the system beyond what is on its way. It would take megabytes: minutes of old screens on a
# slow line, before anybody notices that the line is slow.
MOST_UNSENT = 16 * 1024
# Longer than the room waits before it asks such a socket to come back, and than pings go unanswered.
SECONDS_UNTIL_BROKEN = 45.0


class Requests(HttpToolsProtocol):
    """Requests, until one of them opens a socket."""

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        # As is done when a connection is lost: these two hold each other, and only a garbage collection finds them.
        self.parser = None  # type: ignore[assignment]


class Line(WebSocketsSansIOProtocol):
    """A socket's protocol that breaks a line on which nothing moves: closing it would wait for its reader for ever."""

    _broken_at: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(MOST_WAITING)
        _keep_little_unsent(self.transport.get_extra_info("socket"))

    def pause_writing(self) -> None:
        super().pause_writing()
        self._broken_at = self.loop.call_later(SECONDS_UNTIL_BROKEN, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._let_go()

    def handle_ping(self) -> None:
        """Answer, unless the reader takes nothing in: who only asks and never reads would fill the memory."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)
        # It and its parser hold each other too: five kilobytes of garbage for each socket that was ever open.
        self.conn.parser.close()

    def _let_go(self) -> None:
        if self._broken_at is not None:
            self._broken_at.cancel()
            self._broken_at = None


def _keep_little_unsent(own: Any) -> None:
    # Where the system knows no such limit, more screens wait in it.
    if own is None or not hasattr(socket, "TCP_NOTSENT_LOWAT"):
        return
    # The loop's own socket object may not be told options; this one is let go of without closing what it stands for.
    line = socket.socket(fileno=own.fileno())
    try:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT)
    finally:
        line.detach()
