"""One open socket: sends without waiting, and knows when it fell behind."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from starlette.websockets import WebSocket

from app.domain.presence import ModeratorHere

log = logging.getLogger(__name__)
# Codes on which the page stops trying and says why; everything else makes it come back.
NOT_ALLOWED, GONE = 4401, 4410
# Two bytes that say nothing but "I am here": browsers can't see pings, so this is how a page knows its line is alive.
BEAT = "{}"


@dataclass(eq=False)
class Connection:
    """One open socket: what it shows, in which language, and whose: a phone's seat, a control room's moderator."""

    socket: WebSocket
    screen: str
    language: str
    participant: str | None = None
    moderator: ModeratorHere | None = None
    sign_in: str | None = None
    """The hash of the token by which a moderator's browser is signed in; when that ends, so does the socket."""
    sending: asyncio.Task[None] | None = field(default=None, repr=False)
    has_entered: bool = False
    is_behind: bool = False
    sent_at: float = field(default_factory=time.monotonic)

    @property
    def is_free(self) -> bool:
        return self.has_entered and (self.sending is None or self.sending.done())

    def send(self, text: str) -> None:
        """Send without waiting; a socket that is still busy misses this and later gets a whole screen instead."""
        if not self.is_free:
            self.is_behind = True
            return
        self.sent_at = time.monotonic()
        self.sending = asyncio.create_task(self._send(text))

    async def _send(self, text: str) -> None:
        try:
            await self.socket.send_text(text)
        except Exception:
            # The receiving side notices the same broken socket and takes it out of the room.
            log.debug("a socket went away while sending")
