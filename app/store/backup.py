"""A copy of the database in one file, and a database back from such a copy; neither is ever half there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from app.store.migrate import MIGRATIONS, copy_kept_beside, is_in_shape, migrate

FIRST_BYTES = b"SQLite format 3\x00"
OUR_TABLES = {"alembic_version", "moderation_session", "moderator", "question", "statement"}
# While one of these is open, the database still holds the order in which statements and ballots came.
ORDER_IS_KNOWN = """
    select count(*) from moderation_session
    join question on question.id = moderation_session.current_question_id
    where moderation_session.status = 'open' and question.phase in ('collect', 'vote')
"""
# These are of two people at most, so that several of them tell which statements are of one hand.
PROPOSALS_WAIT = """
    select count(distinct question_id) from statement where proposal = 'waiting'
"""
HAS_PROPOSALS = "select count(*) from pragma_table_info('statement') where name = 'proposal'"


class BackupStopped(ValueError):
    """Nothing was copied or put back; the message is the sentence that says why."""


def back_up(database: Path, target: Path, force: bool = False) -> None:
    """Copy the database to a new file that only its owner can read.

    Raises BackupStopped where there is nothing to copy or the name is taken, and, unless forced, while people are
    sending statements or votes.
    """
    if not database.is_file():
        raise BackupStopped(f"there is no database at {database}; set DATA to the folder that holds it")
    _check_free(target)
    partial = _partial(target)
    _make_empty(partial)
    try:
        with _opened(f"{database.resolve().as_uri()}?mode=ro") as connection:
            _check_order(connection, force)
            _copy_into(connection, partial)
            # Again, since a vote may have opened meanwhile.
            _check_order(connection, force)
        _settle(partial)
        _check_free(target)
        partial.rename(target)
    except sqlite3.Error as error:
        raise BackupStopped(f"the database could not be copied ({error}); nothing was written") from None
    finally:
        partial.unlink(missing_ok=True)
    _settle_folder(target.parent)


def restore(copy: Path, database: Path, force: bool = False) -> Path | None:
    """Make a copy the database; the one that was there is kept beside it, and its path is the answer.

    For who holds the lock of the data folder. Raises BackupStopped when the file is no whole database of Moderato, or
    of a newer one, and, unless forced, when a database is there.
    """
    _check_copy(copy, database)
    if database.exists() and not force:
        raise BackupStopped(
            f"{database} is there already; with --force it is kept as {_kept(database).name}, beside the copy"
        )
    database.parent.mkdir(parents=True, exist_ok=True)
    new = database.with_name("moderato.restoring.db")
    _make_empty(new)
    try:
        with _opened(f"{copy.resolve().as_uri()}?mode=ro&immutable=1") as connection:
            _copy_into(connection, new)
        _bring_to_our_shape(new, copy)
        _forget_ways_in(new)
        _settle(new)
        kept = _set_aside(database) if database.exists() else None
        # Their pages belong to the database that was there, and would be written into the new one.
        _forget_log(database)
        new.replace(database)
        _settle_folder(database.parent)
    except sqlite3.Error as error:
        raise BackupStopped(f"{copy} could not be put back ({error}); nothing was changed") from None
    finally:
        new.unlink(missing_ok=True)
        _forget_log(new)
    return kept


def _bring_to_our_shape(path: Path, copy: Path) -> None:
    """Migrate it. Raises BackupStopped when it isn't what its version says: half of a database would fail later on."""
    try:
        migrate(path)
        if is_in_shape(path):
            return
    except (SQLAlchemyError, CommandError, RuntimeError):
        pass
    finally:
        copy_kept_beside(path).unlink(missing_ok=True)
    raise BackupStopped(f"{copy} is damaged; nothing was changed")


def _forget_ways_in(path: Path) -> None:
    """Sign-ins and links ended since the copy was made must not work again: whoever has a password signs in with it."""
    with _opened(f"{path.resolve().as_uri()}?mode=rw") as connection:
        connection.execute("pragma secure_delete=on")
        for table in ("sign_in", "known_browser", "set_up_link"):
            connection.execute(f"delete from {table}")
        connection.execute("pragma wal_checkpoint(truncate)")


def _check_free(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupStopped(f"{target} is there already; choose another name, nothing was written")
    if not target.parent.is_dir():
        raise BackupStopped(f"there is no folder {target.parent}; nothing was written")


def _check_order(connection: sqlite3.Connection, force: bool) -> None:
    sessions = connection.execute(ORDER_IS_KNOWN).fetchone()[0]
    # A database of before there were any is copied too: that is what one does before an update.
    if not force and connection.execute(HAS_PROPOSALS).fetchone()[0]:
        _check_proposals(connection.execute(PROPOSALS_WAIT).fetchone()[0])
    if sessions and not force:
        raise BackupStopped(
            "a session is collecting or voting, and a copy made now would keep the order in which statements and votes"
            " came; wait until that phase has closed, or use --force. Nothing was written"
        )


def _check_proposals(questions: int) -> None:
    if questions:
        raise BackupStopped(
            "participants of a session propose themes for their own statements, and a copy made now could tell which"
            " statements are of one hand; wait until that grouping is over, or use --force. Nothing was written"
        )


def _check_copy(copy: Path, database: Path) -> None:
    if not copy.is_file():
        raise BackupStopped(f"there is no file {copy}")
    if database.exists() and copy.samefile(database):
        raise BackupStopped(f"{copy} is the database itself; nothing was changed")
    with copy.open("rb") as file:
        if file.read(len(FIRST_BYTES)) != FIRST_BYTES:
            raise BackupStopped(f"{copy} is not a backup of Moderato; nothing was changed")
    log = copy.with_name(copy.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise BackupStopped(f"{copy} is a database in use, with its last changes in {log.name}; make a backup of it")
    try:
        with _opened(f"{copy.resolve().as_uri()}?mode=ro&immutable=1") as connection:
            _check_whole(connection, copy)
            _check_is_ours(connection, copy)
    except sqlite3.Error:
        raise BackupStopped(f"{copy} is damaged; nothing was changed") from None


def _check_whole(connection: sqlite3.Connection, copy: Path) -> None:
    sound = connection.execute("pragma integrity_check(1)").fetchone() == ("ok",)
    if not sound or connection.execute("pragma foreign_key_check").fetchone() is not None:
        raise BackupStopped(f"{copy} is damaged; nothing was changed")


def _check_is_ours(connection: sqlite3.Connection, copy: Path) -> None:
    """Our tables and no other moving parts: a trigger or view in it would run as if it were ours."""
    found = connection.execute("select type, name from sqlite_master").fetchall()
    tables = {name for kind, name in found if kind == "table"}
    if not tables >= OUR_TABLES or any(kind in ("trigger", "view") for kind, _ in found):
        raise BackupStopped(f"{copy} is not a backup of Moderato; nothing was changed")
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if {row[0] for row in connection.execute("select version_num from alembic_version")} - known:
        raise BackupStopped(
            f"{copy} was made by a newer Moderato; install that version first, then restore. Nothing was changed"
        )


def _set_aside(database: Path) -> Path:
    """The present database under its other name too, with its log when that can't be written into it."""
    # Opened and closed: what the log still holds goes into the file. One that is damaged keeps its log.
    with contextlib.suppress(sqlite3.Error), _opened(f"{database.resolve().as_uri()}?mode=rw") as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    kept = _kept(database)
    kept.unlink(missing_ok=True)
    _forget_log(kept)
    log = database.with_name(database.name + "-wal")
    if log.exists():
        shutil.copyfile(log, kept.with_name(kept.name + "-wal"))
    try:
        kept.hardlink_to(database)
    except OSError:
        shutil.copyfile(database, kept)
    _settle_folder(database.parent)
    return kept


def _kept(database: Path) -> Path:
    return database.with_name("moderato.before-restore.db")


def _partial(target: Path) -> Path:
    return target.with_name(target.name + ".partial")


def _make_empty(path: Path) -> None:
    """An empty file that only its owner can read, made anew."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy_into(connection: sqlite3.Connection, path: Path) -> None:
    """Written in the order of the keys, without what was deleted and without a log: no order of arrival goes along."""
    connection.execute("pragma temp_store=memory")
    connection.execute("vacuum into ?", (str(path),))


@contextlib.contextmanager
def _opened(uri: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _forget_log(database: Path) -> None:
    for end in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + end).unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """On the disk, not only in memory."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _settle_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
