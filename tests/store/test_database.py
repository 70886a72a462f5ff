"""One writer that loses nothing, readers that cannot write, and a file that forgets."""

import asyncio
import secrets

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.store.database import Database
from app.store.migrate import migrate

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(tmp_path):
    migrate(tmp_path / "moderato.db")
    opened = Database(tmp_path / "moderato.db")
    yield opened
    await opened.close()


async def write(database, statement, **values):
    async with database.writer() as db, db.begin():
        await (await db.connection()).execute(text(statement), values)


async def test_forty_read_modify_writes_at_once_lose_nothing(database):
    await write(database, "insert into resting_code values ('1', 0)")

    async def add_one():
        async with database.writer() as db, db.begin():
            connection = await db.connection()
            (until,) = (await connection.execute(text("select until from resting_code"))).one()
            await asyncio.sleep(0)
            await connection.execute(text("update resting_code set until = :until"), {"until": until + 1})

    await asyncio.gather(*(add_one() for _ in range(40)))
    async with database.reader() as db:
        assert (await (await db.connection()).execute(text("select until from resting_code"))).scalar() == 40


async def test_a_reader_cannot_write(database):
    async with database.reader() as db:
        with pytest.raises(OperationalError, match="readonly"):
            await (await db.connection()).execute(text("insert into resting_code values ('1', 0)"))


async def test_readers_see_the_last_commit_while_a_transaction_is_open(database):
    await write(database, "insert into resting_code values ('1', 1)")
    async with database.writer() as db, db.begin():
        await (await db.connection()).execute(text("update resting_code set until = 2"))
        async with database.reader() as reader:
            seen = (await (await reader.connection()).execute(text("select until from resting_code"))).scalar()
    assert seen == 1


async def test_a_broken_reference_is_refused(database):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await write(database, "insert into participant values ('a', 99)")


async def test_the_message_of_an_error_holds_no_values(database):
    with pytest.raises(Exception) as failed:
        await write(database, "insert into participant values (:who, 99)", who="een heel geheime tekst")
    assert "geheime" not in str(failed.value)


async def test_the_order_in_which_rows_came_is_forgotten(database):
    keys = [secrets.token_hex(8) for _ in range(20)]
    for number, key in enumerate(keys):
        await write(database, "insert into resting_code values (:key, :number)", key=key, number=number)
    assert await database.forget_order()
    content = database.path.read_bytes()
    in_file = sorted(keys, key=lambda key: content.index(key.encode()), reverse=True)
    assert in_file == sorted(keys)
    assert (database.path.parent / "moderato.db-wal").stat().st_size == 0


async def test_a_reader_is_waited_for_once_and_the_log_is_emptied_when_it_has_gone(database, monkeypatch):
    tries, real = [], Database._empty_log

    async def counted(self):
        tries.append(1)
        return await real(self)

    monkeypatch.setattr(Database, "_empty_log", counted)
    await write(database, "insert into resting_code values ('1', 1)")
    async with database.reader() as db:
        await (await db.connection()).execute(text("select * from resting_code"))
        assert not await database.forget_order()
        assert len(tries) == 1
        assert not await database.empty_log()
        await write(database, "insert into resting_code values ('2', 2)")
    assert await database.empty_log()
    assert (database.path.parent / "moderato.db-wal").stat().st_size == 0


async def test_the_log_is_not_emptied_under_a_transaction_that_is_open(database):
    await write(database, "insert into resting_code values ('1', 1)")
    async with database.writer() as db, db.begin():
        await (await db.connection()).execute(text("insert into resting_code values ('2', 2)"))
        assert not await database.empty_log()
    async with database.reader() as db:
        assert (await (await db.connection()).execute(text("select count(*) from resting_code"))).scalar() == 2
