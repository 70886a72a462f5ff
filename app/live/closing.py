"""Sending people away: all at once, and without waiting long for a line that takes nothing in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable

from app.live.connection import COME_BACK, Connection

CLOSING_LASTS = 1.0


async def send_away(connections: Iterable[Connection], code: int, seconds: float | None = None) -> None:
    """Close sockets with a code, all at once, and wait so long for those whose line takes nothing in.

    Those are told by the room as soon as their line takes something in again, and until then nothing else.
    """
    going = list(connections)
    for connection in going:
        connection.sent_away = connection.sent_away or code
        connection.is_behind = True
    await finish([asyncio.create_task(close(connection)) for connection in going], seconds)


async def close(connection: Connection) -> None:
    """Close a socket that was sent away; waits for its line."""
    with contextlib.suppress(RuntimeError, OSError):
        await connection.socket.close(connection.sent_away or COME_BACK)


async def finish(tasks: Iterable[asyncio.Task[None]], seconds: float | None = None) -> None:
    """Wait for those that end soon, and no longer for those that wait for a line."""
    if waited_for := list(tasks):
        _, stuck = await asyncio.wait(waited_for, timeout=CLOSING_LASTS if seconds is None else seconds)
        for task in stuck:
            task.cancel()
