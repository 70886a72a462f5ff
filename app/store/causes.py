"""What is in the way when the database can't be written or read: told from the error, or by trying the folder."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.trouble import Trouble

_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
}
# Of these SQLite keeps the reason to itself.
_UNSAID = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_FOR_GOOD = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BY_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    # The share of this user or of this container is used up, and the largest file it may write.
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
# More than a transaction of the room writes: where this fits, work can go on.
ROOM_NEEDED = 256 * 1024


def trouble_of(error: BaseException, folder: Path, known: Trouble | None = None) -> Trouble | None:
    """What kept the database in `folder` from storing; None for errors that are not the disk's or the lock's.

    Where the error doesn't tell, it is what is `known`, or else the folder is tried.
    """
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, OSError):
        return _BY_ERRNO.get(driver.errno or 0, Trouble.BROKEN)
    # The lowest byte is the kind, the rest tells finer.
    kind = getattr(driver, "sqlite_errorcode", 0) & 0xFF
    if kind in _BY_SQLITE:
        return _BY_SQLITE[kind]
    if kind in _UNSAID:
        return known or trouble_in(folder) or Trouble.BROKEN
    return Trouble.BROKEN if kind in _FOR_GOOD else None


def trouble_in(folder: Path) -> Trouble | None:
    """What keeps the next bytes from being written to a folder: it is tried, and nothing of it stays."""
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(bytes(ROOM_NEEDED // 2))
            probe.write(bytes(ROOM_NEEDED // 2))
    except OSError as error:
        return _BY_ERRNO.get(error.errno or 0, Trouble.BROKEN)
    return None


async def touch(db: AsyncSession) -> None:
    """A real write that changes nothing: the number has no use here, and setting it writes a page."""
    await (await db.connection()).exec_driver_sql("PRAGMA user_version=0")
