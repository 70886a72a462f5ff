"""What the disk still has to forget of the order of arrival, and the trying until it has."""

from __future__ import annotations

import asyncio
import logging
import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from app.store.causes import trouble_of
from app.store.database import Database

TRY_SECONDS = 0.5
# At the end of the process nobody waits for the writer, and a reader of another program may soon be done.
LAST_TRIES, LAST_TRY_SECONDS = 10, 0.1
FAILURES = (SQLAlchemyError, OSError, sqlite3.Error)
log = logging.getLogger(__name__)


class Forgetting:
    """Both hold the order: the file until it is written anew, and the write-ahead log until it is emptied after that.

    The file is written anew in the writer's turn. A reader keeps the log from being emptied, and a report may be read
    for seconds: that is waited for beside the writer, so that nobody who sends something waits for whoever reads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        # True at the start: after a power cut the disk still has the order of arrival of phases that ended long ago.
        self._must_write_anew = True
        self._must_empty_log = True
        self._is_said = False

    async def forget(self, now: bool = False) -> None:
        """Write the file anew, now or if it still has to be; what fails is tried again by whoever calls next."""
        self._must_write_anew |= now
        if not self._must_write_anew:
            return
        try:
            is_empty = await self._database.forget_order()
        except FAILURES as error:
            self._say(error)
            return
        self._must_write_anew, self._must_empty_log = False, not is_empty
        self._is_said = False

    async def keep_trying(self) -> None:
        """For ever: empty the log as soon as no reader is in the way any more."""
        while True:
            await asyncio.sleep(TRY_SECONDS)
            await self._try_to_empty_log()

    async def try_for_the_last_time(self) -> None:
        """For a moment: what is still in the log then, the next start forgets."""
        for _ in range(LAST_TRIES):
            await self._try_to_empty_log()
            if not self._must_empty_log:
                return
            await asyncio.sleep(LAST_TRY_SECONDS)

    async def _try_to_empty_log(self) -> None:
        if self._must_write_anew or not self._must_empty_log:
            return
        # Not after the try: meanwhile a phase may end, whose order is in the log then.
        self._must_empty_log = False
        is_empty = False
        try:
            is_empty = await self._database.empty_log()
        except FAILURES as error:
            self._say(error)
        finally:
            self._must_empty_log |= not is_empty

    def _say(self, error: BaseException) -> None:
        """Once, until it works again."""
        if not self._is_said:
            trouble = trouble_of(error, self._database.path.parent)
            said = "the order of arrival is still on the disk (%s); it is tried again"
            log.warning(said, trouble or "unknown", exc_info=None if trouble else error)
        self._is_said = True
