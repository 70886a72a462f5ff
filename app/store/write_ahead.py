"""The write-ahead log: copied into the file beside the writing, so that no commit has to wait for the copying."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

# SQLite's own way is to copy after every thousand pages, within the commit that happens to be the next: in a vote that
# was once a second, and everybody waited for it. This much is left as a limit, should the copying below not keep up.
MOST_PAGES = 25_000
LOOK_SECONDS = 1.0


async def keep_short(path: Path) -> None:
    """For ever: what was committed since the last look goes from the log into the database file at `path`."""
    log, looked_at = path.with_name(f"{path.name}-wal"), 0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        changed_at = _changed_at(log)
        if changed_at != looked_at:
            await asyncio.to_thread(copy, path)
            looked_at = changed_at


def copy(path: Path) -> None:
    """Copy without waiting for anybody: readers and the writer go on. What fails is in the log still, for next time."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as own:
            own.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error:
        # A full disk and the like; whoever writes is told of it, and tells what it is.
        return


def empty(path: Path) -> bool:
    """Leave nothing in the log, without waiting for anybody; False when a reader or the writer was in the way.

    Copied first, beside the writing: only while the log is cut off nothing can be written, which takes no time.
    """
    with closing(sqlite3.connect(path, timeout=0)) as own:
        _, in_log, copied = own.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if copied < in_log:
            # Somebody reads the session as it was before what is not copied.
            return False
        was_in_the_way, *_ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not was_in_the_way


def _changed_at(log: Path) -> int:
    try:
        return log.stat().st_mtime_ns
    except OSError:
        # Not there yet, or a folder that can't be looked at just now; the looking goes on.
        return 0
