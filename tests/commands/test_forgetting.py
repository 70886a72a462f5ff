"""The disk forgets the order of arrival as soon as it can, and nobody who sends something waits for whoever reads."""

import asyncio
import contextlib
import sqlite3

import pytest
from sqlalchemy import text

from app.commands import actions, forgetting
from app.domain.actions import ActionFields
from app.store import write_ahead
from app.store.database import Database
from tests.world import a_world, running

pytestmark = pytest.mark.anyio


@contextlib.asynccontextmanager
async def somebody_who_reads(database):
    async with database.reader() as db:
        await (await db.connection()).execute(text("select * from statement"))
        yield


@pytest.fixture
def tries(monkeypatch):
    """How often emptying the log was tried in the writer's turn."""
    made, real = [], Database._empty_log

    async def counted(self):
        made.append(1)
        return await real(self)

    monkeypatch.setattr(Database, "_empty_log", counted)
    return made


def size_of_log(world):
    return world.parts.database.path.with_name("moderato.db-wal").stat().st_size


async def test_an_order_that_could_not_be_forgotten_is_forgotten_later(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        tries = []

        async def forget_order():
            tries.append(1)
            if len(tries) == 1:
                raise OSError("busy")
            return True

        monkeypatch.setattr(world.parts.database, "forget_order", forget_order)
        await world.advance()
        await world.advance()
        await world.run(actions.add, fields=ActionFields("de schrijver leeft nog"))
        await world.parts.writer.forget_order()
        await world.parts.writer.forget_order()
        assert len(tries) == 2


async def test_statements_are_taken_in_while_a_reader_keeps_the_log_from_being_emptied(tmp_path, tries):
    async with a_world(tmp_path) as world:
        await world.advance()
        async with somebody_who_reads(world.parts.database):
            tries.clear()
            await world.advance()
            await world.run(actions.add, fields=ActionFields("na de fase"))
            assert (await world.write(world.seats[0], "een nakomer"))["status"] == "held"
            assert len(tries) == 1
            assert size_of_log(world) > 0
        async with asyncio.timeout(20):
            while size_of_log(world) > 0:
                await asyncio.sleep(0.01)
        assert len(tries) == 1


async def test_what_comes_into_the_log_during_a_try_is_tried_again(tmp_path, monkeypatch):
    async with running(tmp_path) as app:
        database, tried = app.state.parts.database, []
        own = forgetting.Forgetting(database)

        async def with_a_reader_in_the_way():
            return False

        async def while_another_phase_ends():
            tried.append(1)
            if len(tried) == 1:
                await own.forget(now=True)
            return True

        monkeypatch.setattr(database, "forget_order", with_a_reader_in_the_way)
        monkeypatch.setattr(database, "empty_log", while_another_phase_ends)
        await own.forget()
        await own.try_for_the_last_time()
        assert len(tried) == 2


async def test_at_the_stop_a_reader_who_is_soon_done_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(forgetting, "TRY_SECONDS", 3600.0)
    async with a_world(tmp_path) as world:
        await world.advance()
        async with somebody_who_reads(world.parts.database):
            await world.parts.writer.forget_order(now=True)
            ending = asyncio.create_task(world.parts.writer.forgetting.try_for_the_last_time())
            await asyncio.sleep(0)
            assert size_of_log(world) > 0
        await ending
        assert size_of_log(world) == 0


async def test_a_log_that_could_not_be_emptied_is_said_once_and_emptied_later(tmp_path, monkeypatch, caplog):
    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(forgetting, "TRY_SECONDS", 3600.0)
    async with a_world(tmp_path) as world:
        await world.advance()
        async with somebody_who_reads(world.parts.database):
            await world.parts.writer.forget_order(now=True)
        with monkeypatch.context() as trouble:
            trouble.setattr(write_ahead.sqlite3, "connect", full)
            trouble.setattr(forgetting, "LAST_TRY_SECONDS", 0.0)
            await world.parts.writer.forgetting.try_for_the_last_time()
        assert caplog.text.count("the order of arrival is still on the disk") == 1
        await world.parts.writer.forgetting.try_for_the_last_time()
        assert size_of_log(world) == 0
