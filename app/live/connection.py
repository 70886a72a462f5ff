"""One open socket: takes in what is sent at once or not at all, and then knows that it fell behind."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol

from app.domain.presence import ModeratorHere

log = logging.getLogger(__name__)
# Codes on which the page stops trying and says why; everything else makes it come back.
NOT_ALLOWED, GONE, COME_BACK = 4401, 4410, 1012
# Two bytes that say nothing but "I am here": browsers can't see pings, so this is how a page knows its line is alive.
BEAT = "{}"


class Socket(Protocol):
    """The far end. Sending waits only while the line takes nothing in, and has written nothing by then."""

    def send_text(self, text: str) -> Coroutine[Any, Any, None]: ...

    def close(self, code: int) -> Coroutine[Any, Any, None]: ...


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket: what it shows, in which language, and whose: a phone's seat, a control room's moderator."""

    socket: Socket
    screen: str
    language: str
    participant: str | None = None
    moderator: ModeratorHere | None = None
    sign_in: str | None = None
    """The hash of the token by which a moderator's browser is signed in; when that ends, so does the socket."""
    has_entered: bool = False
    is_behind: bool = False
    catching_up: asyncio.Task[None] | None = field(default=None, repr=False)
    sent_at: float = field(default_factory=monotonic)
    """When something last went out."""
    sent_away: int | None = None
    """The code with which it is being closed. It stays behind from then on, so that it is sent nothing else."""

    def send(self, text: str) -> bool:
        """Send now, without a task and without waiting. False: the line takes nothing in just now.

        Whoever is busy or behind already misses this, and gets a whole screen instead.
        """
        if self.is_behind or self.catching_up is not None or not self.has_entered:
            self.is_behind = True
            return True
        if not self._takes(text):
            return False
        self.sent_at = monotonic()
        return True

    def _takes(self, text: str) -> bool:
        """Begin to send by hand: what is not done at once would wait for the line, and is given up."""
        sending = self.socket.send_text(text)
        try:
            sending.send(None)
        except StopIteration:
            return True
        except Exception:
            # The receiving side notices the same broken socket and takes it out of the room.
            log.debug("a socket went away while sending")
            return True
        sending.close()
        return False
