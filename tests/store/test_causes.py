"""What is in the way, told from real errors of SQLite and of the system."""

import errno
import resource
import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain.trouble import Trouble
from app.store.causes import trouble_in, trouble_of


@pytest.fixture
def database(tmp_path):
    connection = sqlite3.connect(tmp_path / "moderato.db", isolation_level=None, timeout=0)
    connection.execute("pragma journal_mode=wal")
    connection.execute("create table t (a unique)")
    yield connection
    connection.close()


@pytest.fixture
def no_larger_file():
    """No file of this process may grow beyond four kilobytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def error_of(database, statement, *values):
    with pytest.raises(sqlite3.Error) as caught:
        database.execute(statement, values)
    return OperationalError(statement, {}, caught.value)


def test_a_lock_of_another_program_is_told(database, tmp_path):
    other = sqlite3.connect(tmp_path / "moderato.db", isolation_level=None)
    other.execute("begin immediate")
    assert trouble_of(error_of(database, "begin immediate"), tmp_path) is Trouble.LOCKED
    other.close()


def test_a_database_that_may_only_be_read_is_told(database, tmp_path):
    database.execute("pragma query_only=on")
    assert trouble_of(error_of(database, "insert into t values (1)"), tmp_path) is Trouble.READ_ONLY


def test_no_room_is_told_although_the_driver_speaks_of_an_error_only(database, tmp_path, no_larger_file):
    error = error_of(database, "insert into t values (?)", "x" * 20_000)
    assert error.orig.sqlite_errorname == "SQLITE_IOERR_WRITE"
    assert trouble_of(error, tmp_path) is Trouble.FULL


def test_a_file_that_is_no_database_is_broken(tmp_path):
    (tmp_path / "moderato.db").write_bytes(b"x" * 4096)
    connection = sqlite3.connect(tmp_path / "moderato.db")
    assert trouble_of(error_of(connection, "select * from t"), tmp_path) is Trouble.BROKEN
    connection.close()


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, Trouble.FULL),
        (errno.EDQUOT, Trouble.FULL),
        (errno.EROFS, Trouble.READ_ONLY),
        (errno.EACCES, Trouble.READ_ONLY),
        (errno.EIO, Trouble.BROKEN),
    ],
)
def test_what_the_system_says_is_told(tmp_path, number, trouble):
    assert trouble_of(OSError(number, "no"), tmp_path) is trouble


def test_a_bug_is_no_trouble_of_the_disk(database, tmp_path):
    assert trouble_of(error_of(database, "select * from not_there"), tmp_path) is None
    assert trouble_of(ZeroDivisionError(), tmp_path) is None
    database.execute("insert into t values (1)")
    with pytest.raises(sqlite3.IntegrityError) as caught:
        database.execute("insert into t values (1)")
    assert trouble_of(IntegrityError("", {}, caught.value), tmp_path) is None


def test_trying_a_folder_leaves_nothing_in_it(tmp_path):
    assert trouble_in(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_can_not_be_written(tmp_path):
    assert trouble_in(tmp_path / "gone") is Trouble.BROKEN
