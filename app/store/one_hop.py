"""A cursor that asks SQLite in one go: begin, execute, fetch and close in a single journey to the connection's thread.

SQLAlchemy's own makes a journey for each of the four. A journey costs more than most of our queries do, and on a busy
event loop it waits behind everything else that is due.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from operator import methodcaller
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util.concurrency import await_


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """All rows are fetched at once, as the one it replaces does too."""

    __slots__ = ("_answer",)

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = deque()
        self._answer: tuple[Any, int, int | None] = (None, -1, None)

    @property
    def description(self) -> Any:
        return self._answer[0]

    @property
    def rowcount(self) -> int:
        return self._answer[1]

    @property
    def lastrowid(self) -> Any:
        return self._answer[2]

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._ask(partial(_execute, methodcaller("execute", operation, parameters or ())))

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        self._ask(partial(_execute, methodcaller("executemany", operation, seq_of_parameters)))

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Closed already."""

    def _ask(self, question: Callable[[sqlite3.Connection], Any]) -> None:
        try:
            rows, *answer = await_(_in_its_thread(self._adapt_connection, question))
        except Exception as error:
            self._adapt_connection._handle_exception(error)
        self._rows, self._answer = deque(rows), tuple(answer)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose cursors need one journey each."""

    __slots__ = ()
    _cursor_cls = OneHopCursor  # type: ignore[assignment]


def use(engine: AsyncEngine) -> None:
    """Make this engine's connections such ones."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect(dialect: Any, _record: Any, arguments: Any, options: Any) -> OneHopConnection:
        plain = dialect.connect(*arguments, **options)
        return OneHopConnection(plain.dbapi, plain._connection)


async def _in_its_thread(connection: Any, question: Callable[[sqlite3.Connection], Any]) -> Any:
    async with connection._execute_mutex:
        driver = connection._connection
        return await driver._execute(question, driver._conn)


def _execute(run: Callable[[sqlite3.Connection], sqlite3.Cursor], connection: sqlite3.Connection) -> Any:
    cursor = run(connection)
    rows = cursor.fetchall() if cursor.description else []
    answer = (rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return answer
