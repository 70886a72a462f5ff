"""Sending people away: all at once, and without waiting long for a line that takes nothing in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable

from app.live.connection import Connection

CLOSING_LASTS = 1.0


async def send_away(connections: Iterable[Connection], code: int, seconds: float | None = None) -> None:
    """Close sockets with a code, all at once, and wait so long for those whose line takes nothing in."""
    await finish([asyncio.create_task(_close(connection, code)) for connection in connections], seconds)


async def _close(connection: Connection, code: int) -> None:
    with contextlib.suppress(RuntimeError, OSError):
        await connection.socket.close(code)


async def finish(tasks: Iterable[asyncio.Task[None]], seconds: float | None = None) -> None:
    """Wait for those that end soon, and no longer for those that wait for a line."""
    if waited_for := list(tasks):
        _, stuck = await asyncio.wait(waited_for, timeout=CLOSING_LASTS if seconds is None else seconds)
        for task in stuck:
            task.cancel()
