"""Two engines on one SQLite file: one writer that begins IMMEDIATE, and readers that never block it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as NoneCameFree
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store import one_hop, write_ahead

# How long a write waits while another program holds the lock: whoever sent it hears of it before a phone gives up.
LOCK_MILLISECONDS = 2000
# secure_delete and `forget_order` below: without them the file keeps retracted texts and the order of arrival;
# temp_store: without it VACUUM would write a second copy of everything into a temporary file.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={LOCK_MILLISECONDS}",
    "secure_delete=ON",
    "temp_store=MEMORY",
    f"wal_autocheckpoint={write_ahead.MOST_PAGES}",
)
# Short: meanwhile nothing can be written.
BUSY_MILLISECONDS = 100
# Each is a thread. A reading is handed to and fro between it and the loop; when a thousand come in at once that takes
# long, and with five the others waited for these journeys and not for the disk.
READERS = 16
# Whoever waits longer for one of them is told to come back, and waits at home.
LONGEST_WAIT_SECONDS = 10.0


class Overloaded(Exception):
    """Too much is waiting: come back in a moment, nothing was taken."""


class Database:
    """The open database of this process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer_engine = _engine(path, "BEGIN IMMEDIATE", pool_size=1, read_only=False)
        self._reader_engine = _engine(path, "BEGIN", pool_size=READERS, read_only=True)
        self._writers = async_sessionmaker(self._writer_engine, class_=AsyncSession, expire_on_commit=False)
        self._readers = async_sessionmaker(self._reader_engine, class_=AsyncSession, expire_on_commit=False)

    def writer(self) -> AsyncSession:
        """The one writing session; only commands/run.py asks for it."""
        return self._writers()

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[AsyncSession]:
        """A reading session; a write through it is an error. Raises Overloaded when none comes free in time."""
        try:
            async with self._readers() as db:
                yield db
        except NoneCameFree:
            raise Overloaded from None

    async def answer(self) -> None:
        """Ask the file the least there is to ask; raises what SQLite raises when it can't be read."""
        async with self.reader() as db:
            await db.exec(select(1))

    async def forget_order(self) -> bool:
        """Write the file anew and try to empty the write-ahead log: both hold the order of arrival.

        Keys are random, but a page of the file keeps its rows in the order in which they came; VACUUM writes them
        in the order of their keys. The log can be emptied only when no reader is in the way, who is waited for once
        and briefly: False when the log still has to be emptied.
        """
        try:
            await self._tell_driver("VACUUM")
        except Exception:
            # Where there was no room for the new file, what came of it is in the log, and would keep the disk full.
            await self._empty_log()
            raise
        return await self._empty_log()

    async def empty_log(self) -> bool:
        """Try to empty it beside the writer, without waiting for anybody; False when somebody was in the way."""
        return await asyncio.to_thread(write_ahead.empty, self.path)

    async def _empty_log(self) -> bool:
        """Whether no reader was in the way."""
        usual = await self._tell_driver("PRAGMA busy_timeout")
        await self._tell_driver(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        try:
            return not await self._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            await self._tell_driver(f"PRAGMA busy_timeout={usual}")

    async def _tell_driver(self, statement: str) -> Any:
        """Run a statement outside any transaction; the first field of its first row, if it has one."""
        async with self._writer_engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            cursor = await driver.execute(statement)
            row = await cursor.fetchone()
            await cursor.close()
        return row[0] if row else None

    async def close(self) -> None:
        await self._writer_engine.dispose()
        await self._reader_engine.dispose()


def _engine(path: Path, begin: str, pool_size: int, read_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        connect_args={"timeout": LOCK_MILLISECONDS / 1000},
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=LONGEST_WAIT_SECONDS,
        # An error message with its values would carry what people wrote into the log.
        hide_parameters=True,
    )
    one_hop.use(engine)

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin deferred and lose updates silently; ours are begun below.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *(["query_only=ON"] if read_only else [])):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_explicitly(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
