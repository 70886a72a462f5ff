"""What was committed goes from the log into the file beside the writing, and no commit does it."""

import asyncio
import contextlib
import sqlite3

import pytest

from app.store import write_ahead
from app.store.database import Database

pytestmark = pytest.mark.anyio


class Enough(Exception):
    """The story is over."""


def in_the_file_itself(path, name):
    """Whether a table stands in the database file, as it would be read without its log."""
    return name.encode() in path.read_bytes()


async def write(database, statement):
    async with database.writer() as db, db.begin():
        await (await db.connection()).exec_driver_sql(statement)


@contextlib.asynccontextmanager
async def opened(path):
    database = Database(path)
    try:
        yield database
    finally:
        await database.close()


async def test_no_commit_copies_the_log(tmp_path):
    async with opened(tmp_path / "one.db") as database:
        await write(database, "CREATE TABLE first_of_all (text TEXT)")
        for _ in range(5):
            await write(database, "INSERT INTO first_of_all SELECT hex(randomblob(1000000))")
        assert (tmp_path / "one.db-wal").stat().st_size > 1000 * 4096
        assert not in_the_file_itself(tmp_path / "one.db", "first_of_all")


async def test_what_was_committed_is_copied_while_others_read_and_write(tmp_path):
    path = tmp_path / "one.db"
    async with opened(path) as database:
        await write(database, "CREATE TABLE first_of_all (text TEXT)")
        async with database.reader() as reading, database.writer() as db, db.begin():
            await (await reading.connection()).exec_driver_sql("SELECT * FROM first_of_all")
            await (await db.connection()).exec_driver_sql("CREATE TABLE still_open (text TEXT)")
            await asyncio.to_thread(write_ahead.copy, path)
            assert in_the_file_itself(path, "first_of_all")
            assert not in_the_file_itself(path, "still_open")


async def test_it_is_copied_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(write_ahead, "LOOK_SECONDS", 0.01)
    path = tmp_path / "one.db"
    async with opened(path) as database:
        await write(database, "CREATE TABLE first_of_all (text TEXT)")
        copying = asyncio.create_task(write_ahead.keep_short(path))
        async with asyncio.timeout(20):
            while not in_the_file_itself(path, "first_of_all"):
                await asyncio.sleep(0.01)
        copying.cancel()


async def test_a_folder_that_can_t_be_looked_at_is_looked_at_again(tmp_path, monkeypatch):
    looks = []

    async def three_times(_seconds):
        looks.append("look")
        if len(looks) == 3:
            raise Enough

    monkeypatch.setattr(write_ahead.asyncio, "sleep", three_times)
    somewhere = tmp_path / "a file"
    somewhere.touch()
    with pytest.raises(Enough):
        await write_ahead.keep_short(somewhere / "one.db")


async def test_what_can_t_be_copied_now_is_copied_later(tmp_path, monkeypatch):
    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    path = tmp_path / "one.db"
    async with opened(path) as database:
        await write(database, "CREATE TABLE first_of_all (text TEXT)")
        with monkeypatch.context() as trouble:
            trouble.setattr(write_ahead.sqlite3, "connect", full)
            write_ahead.copy(path)
        assert not in_the_file_itself(path, "first_of_all")
        write_ahead.copy(path)
        assert in_the_file_itself(path, "first_of_all")
