"""One journey to the connection's thread for each statement, with everything SQLAlchemy wants to know of it."""

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from app.store.database import Database
from app.store.tables import METADATA, Moderator, Template

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(tmp_path):
    made = Database(tmp_path / "moderato.db")
    async with made.writer() as db, db.begin():
        await (await db.connection()).run_sync(METADATA.create_all)
        db.add(Moderator(id=1, email="moderator@example.org", name="De moderator", password_hash=""))
    yield made
    await made.close()


@pytest.fixture
def journeys(monkeypatch):
    seen = []
    real = aiosqlite.Connection._execute

    async def counting(self, function, *arguments, **named):
        seen.append(function)
        return await real(self, function, *arguments, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counting)
    return seen


async def test_a_query_is_one_journey(database, journeys):
    async with database.reader() as db:
        await db.exec(select(Template))
        journeys.clear()
        await db.exec(select(Template))
        assert len(journeys) == 1


async def test_a_page_that_reads_once_makes_four_journeys(database, journeys):
    await database.answer()
    journeys.clear()
    await database.answer()
    assert len(journeys) == 4, "begin, the query, and twice to give the connection back clean"


async def test_a_new_row_gets_its_key_and_a_changed_one_is_counted(database):
    async with database.writer() as db, db.begin():
        made = Template(moderator_id=1, name="een", language="nl")
        db.add(made)
        await db.flush()
        assert made.id == 1
        changed = await db.exec(text("UPDATE template SET name = 'twee'"))
        assert changed.rowcount == 1
    async with database.reader() as db:
        assert (await db.exec(select(Template.name))).all() == ["twee"]


async def test_what_the_database_refuses_is_the_same_error_as_ever(database):
    async with database.writer() as db:
        with pytest.raises(IntegrityError):
            async with db.begin():
                await db.exec(text("INSERT INTO moderator (id) VALUES (1)"))
        with pytest.raises(OperationalError):
            async with db.begin():
                await db.exec(text("SELECT nothing FROM nowhere"))
