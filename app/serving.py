"""How the process ends: new work is refused, what was taken is finished, and all is over within five seconds."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

STOP = "stop"
"""Under this name the application's lifespan says what has to be waited for before sockets are closed."""
ANSWERS_SECONDS = 1
"""How long answers may still be under way once everything that was taken is stored."""
STOP_SECONDS = 4.5
log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """Listens on while the last batch is written, so that whoever comes then is told to come back, not cut off."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Runs once, after the first SIGTERM or SIGINT; another one changes nothing."""
        _end_anyhow_after(STOP_SECONDS)
        finish: Callable[[], Awaitable[None]] | None = self.lifespan.state.get(STOP)
        if finish is not None:
            await finish()
        await super().shutdown(sockets)


def serve(**options: Any) -> None:
    """Serve `app.main` until a signal; the process then ends as that signal ends any other."""
    server = Server(
        uvicorn.Config("app.main:create_app", factory=True, timeout_graceful_shutdown=ANSWERS_SECONDS, **options)
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)


def _end_anyhow_after(seconds: float) -> None:
    """A report that takes a minute to make, or a disk that hangs, can't be cancelled.

    What was acknowledged is on the disk by then, so the end can be as sudden as a power cut.
    """
    ending = threading.Timer(seconds, _end_anyhow)
    ending.daemon = True
    ending.start()


def _end_anyhow() -> None:
    log.warning("something still ran and was not waited for; what was acknowledged is stored")
    logging.shutdown()
    os._exit(0)
