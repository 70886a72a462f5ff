"""Whether the server can store: who hears of it, how often the log says it, and when it is over."""

import asyncio
import errno
import logging
import sqlite3

import pytest

from app.commands import actions, trouble
from app.commands.run import Stopping
from app.commands.trouble import StorageFailed, Storing
from app.domain.actions import ActionFields
from app.domain.trouble import Trouble
from app.store import causes
from tests.world import a_world

pytestmark = pytest.mark.anyio
FULL, BROKEN = OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken")


@pytest.fixture
def heard(tmp_path, monkeypatch):
    """A storing whose listeners' words are kept beside it, with a clock that stands still."""
    storing, said, now = Storing(tmp_path), [], [100.0]
    monkeypatch.setattr(trouble.time, "monotonic", lambda: now[0])
    storing.subscribe(said.append)
    return storing, said, now


async def test_trouble_is_told_when_it_begins_and_when_it_ends(heard):
    storing, said, now = heard
    for _ in range(5):
        assert await storing.failed(FULL) is Trouble.FULL
    now[0] += trouble.CALM_SECONDS
    storing.worked()
    storing.worked()
    assert said == [Trouble.FULL, None]


async def test_the_log_says_it_once_however_many_fail(heard, caplog):
    storing, _, now = heard
    with caplog.at_level(logging.INFO):
        for _ in range(50):
            await storing.failed(FULL)
        now[0] += 94
        storing.worked()
    assert [record.getMessage().split(";")[0] for record in caplog.records] == [
        "nothing can be stored: the disk is full",
        "storing works again, after 94 seconds",
    ]


async def test_another_cause_is_told_too(heard):
    storing, said, _ = heard
    await storing.failed(FULL)
    await storing.failed(BROKEN)
    assert said == [Trouble.FULL, Trouble.BROKEN]


async def test_a_small_write_that_fits_between_failures_does_not_end_it(heard):
    storing, said, now = heard
    for _ in range(5):
        await storing.failed(FULL)
        now[0] += trouble.CALM_SECONDS / 2
        storing.worked()
    assert said == [Trouble.FULL]


async def test_a_bug_is_not_called_trouble(heard):
    storing, said, _ = heard
    assert await storing.failed(ZeroDivisionError()) is None
    assert said == []


async def test_without_anybody_writing_it_ends_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(trouble, "TRY_SECONDS", 0.01)
    monkeypatch.setattr(trouble, "CALM_SECONDS", 0.0)
    broken = [True]

    async def touch(db):
        if broken[0]:
            broken[0] = False
            raise FULL
        await causes.touch(db)

    monkeypatch.setattr(trouble, "touch", touch)
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        said = []
        world.parts.writer.storing.subscribe(said.append)
        await world.parts.writer.storing.failed(FULL)
        while (await laptop.get("/healthz")).status_code != 200:
            pass
        assert not broken[0] and said == [Trouble.FULL, None]


async def test_a_lock_answers_all_who_wait_for_it_at_once(tmp_path, monkeypatch):
    """Else each batch would wait as long as the first, and those behind it longer and longer."""
    async with a_world(tmp_path) as world:
        writer, tries = world.parts.writer, []
        real = writer.database.writer

        def locked():
            tries.append(1)
            raise OSError

        async def failed(error):
            return Trouble.LOCKED

        monkeypatch.setattr("app.commands.run.MOST_AT_ONCE", 1)
        monkeypatch.setattr(writer.database, "writer", locked)
        monkeypatch.setattr(writer.storing, "failed", failed)
        waiting = [world.run(actions.add, fields=ActionFields(str(number))) for number in range(20)]
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(answer) for answer in answers} == {StorageFailed} and len(tries) <= 2
        monkeypatch.setattr(writer.database, "writer", real)
        await world.run(actions.add, fields=ActionFields("daarna"))


async def test_what_can_not_be_written_before_the_end_is_told_to_come_back(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        never, writer = asyncio.Event(), world.parts.writer

        async def hang(*_):
            await never.wait()

        monkeypatch.setattr("app.commands.run.STOP_SECONDS", 0.05)
        monkeypatch.setattr("app.commands.run.MOST_AT_ONCE", 1)
        monkeypatch.setattr(writer, "_run_group", hang)
        asked = [asyncio.create_task(world.run(actions.add, fields=ActionFields(str(n)))) for n in range(3)]
        while writer._queue.qsize() < 2:
            await asyncio.sleep(0)
        await writer.stop()
        answers = await asyncio.gather(*asked[1:], return_exceptions=True)
        assert {type(answer) for answer in answers} == {Stopping}
        never.set()
        await asyncio.gather(asked[0], return_exceptions=True)


async def test_the_disk_is_tried_once_a_second_however_many_pages_fail(heard, monkeypatch):
    storing, said, now = heard
    tried = []
    unsaid = sqlite3.OperationalError("disk I/O error")
    unsaid.sqlite_errorcode = sqlite3.SQLITE_IOERR
    monkeypatch.setattr(causes, "trouble_in", lambda folder: tried.append(now[0]) or Trouble.FULL)
    for _ in range(20):
        assert await storing.failed(unsaid) is Trouble.FULL
    now[0] += 1.5
    for _ in range(20):
        assert await storing.failed(unsaid) is Trouble.FULL
    assert tried == [100.0, 101.5]
    assert said == [Trouble.FULL]
