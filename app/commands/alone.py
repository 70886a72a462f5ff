"""One command for a process that serves nobody, such as the command line; safe beside a running server."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from app.bus import Bus
from app.commands.run import Command, Writer
from app.store.database import Database


async def run_alone(path: Path, command: Command, **arguments: Any) -> Any:
    """Run one command that needs no session on the database at `path`; its answer.

    A server that writes at that moment is waited for, and waits: SQLite lets one transaction in at a time. Only for
    commands that leave alone what a server keeps in its memory, such as the mixing of an open session.
    """
    database = Database(path)
    writer = Writer(database, Bus())
    writing = asyncio.create_task(writer.serve())
    try:
        return await writer.run(command, **arguments)
    finally:
        writing.cancel()
        await database.close()
