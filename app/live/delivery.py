"""Hands what is drawn to the sockets of a room: nobody waits for one that takes nothing in, and it catches up later."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

from app.live.audience import Audience
from app.live.closing import close, send_away
from app.live.connection import BEAT, COME_BACK, Connection

BEAT_SECONDS = 10.0
BEHIND_CLOSE_SECONDS = 30.0
SENDS_BEFORE_YIELDING = 50
log = logging.getLogger(__name__)

Newest = Callable[[str, str], Awaitable[tuple[int, str]]]


class Delivery:
    """For one room; `newest(screen, language)` gives the seq and the whole screen, for who has missed something."""

    def __init__(self, audience: Audience, newest: Newest) -> None:
        self._audience = audience
        self._newest = newest

    async def send(self, screen: str, language: str, text: str) -> None:
        """The same bytes to all who show this screen in this language."""
        for sent, connection in enumerate(self._audience.of(screen, language), 1):
            self.give(connection, text)
            if sent % SENDS_BEFORE_YIELDING == 0:
                await asyncio.sleep(0)

    def give(self, connection: Connection, text: str) -> None:
        """Send one socket something, now or as soon as it takes something in."""
        if not connection.send(text):
            self.help_up(connection, text)

    def help_up(self, connection: Connection, text: str | None = None) -> None:
        """Only a socket that has to wait has a task, and nobody else waits for it."""
        if connection.has_entered and connection.catching_up is None:
            connection.catching_up = asyncio.create_task(self._catch_up(connection, text))

    async def break_silences(self) -> None:
        """A page that hears nothing for longer knows its line is dead; who takes nothing in for long is sent away."""
        now = monotonic()
        silent = [one for one in self._audience.everybody if one.is_behind or now - one.sent_at >= BEAT_SECONDS]
        for number, connection in enumerate(silent, 1):
            if connection.catching_up is None and not connection.is_behind:
                self.give(connection, BEAT)
            elif now - connection.sent_at > BEHIND_CLOSE_SECONDS:
                self._give_up(connection)
            else:
                self.help_up(connection)
            if number % SENDS_BEFORE_YIELDING == 0:
                await asyncio.sleep(0)

    async def _catch_up(self, connection: Connection, text: str | None) -> None:
        """Wait with one text until a socket takes something in; what it misses meanwhile is one whole screen."""
        try:
            if text is not None:
                await connection.socket.send_text(text)
            while connection.is_behind and not connection.sent_away:
                # Said before drawing: a tick during it makes this screen an old one.
                connection.is_behind = False
                newest = (await self._newest(connection.screen, connection.language))[1]
                if not connection.sent_away:
                    await connection.socket.send_text(newest)
            if connection.sent_away:
                await close(connection)
            connection.sent_at = monotonic()
        except Exception:
            log.debug("a socket that was behind went away, or its screen could not be drawn")
            connection.is_behind = True
        finally:
            if connection.catching_up is asyncio.current_task():
                connection.catching_up = None

    def _give_up(self, connection: Connection) -> None:
        """Close a socket that did not drain, so that its page comes back; that may have to wait for the line too."""
        if connection.catching_up is not None:
            connection.catching_up.cancel()
        connection.is_behind, connection.sent_at = True, monotonic()
        connection.catching_up = asyncio.create_task(send_away([connection], COME_BACK, BEHIND_CLOSE_SECONDS))
