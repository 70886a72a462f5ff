"""The writer: many at once in one transaction, answered only after the commit, one person's error only theirs."""

import asyncio
import secrets
import sqlite3

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.commands import actions, participants, run, sessions, statements
from app.commands.outcome import Outcome
from app.commands.run import Overloaded
from app.commands.trouble import StorageFailed
from app.domain import anonymity
from app.domain.actions import ActionFields
from app.domain.events import ActionItemsChanged, StatementsReleased
from app.domain.refusals import Reason, Refusal
from app.store.tables import ActionItem, Participant, Statement
from tests.world import a_world

pytestmark = pytest.mark.anyio


def engine_of(world):
    return world.parts.database._writer_engine.sync_engine


async def count(world, table):
    async with world.parts.database.reader() as db:
        return len((await db.exec(select(table))).all())


def submit(world, question, text):
    """A statement of somebody, put in the writer's queue without reading anything before."""
    return world.run(
        statements.submit,
        participant=anonymity.hash_token(text),
        question_id=question,
        receipt=secrets.token_hex(16),
        revision=1,
        text=text,
    )


@pytest.fixture
def commits():
    """Counts the commits of a world's writer from `watch(world)` on."""
    seen = []

    def watch(world, before_commit=lambda: None):
        @event.listens_for(engine_of(world), "commit")
        def note(_connection):
            before_commit()
            seen.append(1)

        return seen

    return watch


async def test_a_hundred_waiting_statements_are_one_transaction(tmp_path, commits):
    async with a_world(tmp_path) as world:
        await world.advance()
        question, seen = (await world.question()).id, commits(world)
        await asyncio.gather(*(submit(world, question, str(number)) for number in range(100)))
        assert len(seen) <= 2
        assert await count(world, Statement) == 100


async def test_whoever_is_answered_is_stored(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        question = (await world.question()).id
        disk = sqlite3.connect(world.parts.database.path)

        async def submit_and_look(text):
            await submit(world, question, text)
            return disk.execute("select count(*) from statement where text = ?", (text,)).fetchone()[0]

        assert await asyncio.gather(*(submit_and_look(str(number)) for number in range(50))) == [1] * 50
        disk.close()


async def test_nothing_is_announced_before_it_is_stored(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        heard = []

        def listener(_session, seq, events):
            heard.append((seq, [event for event in events if isinstance(event, StatementsReleased)]))

        world.parts.writer._bus.subscribe(listener)
        await world.write_all(["a", "b", "c"])
        await world.parts.writer._queue.join()
        seq, released = heard[-1]
        assert seq == (await world.row()).seq and len(released[0].statements) == 3


async def test_a_failing_commit_stores_nothing_and_says_so_to_everybody(tmp_path, commits):
    async with a_world(tmp_path) as world:
        await world.advance()

        def fail():
            raise OperationalError("COMMIT", {}, Exception("disk full"))

        commits(world, fail)
        answers = await asyncio.gather(*(world.write(seat, "t") for seat in world.seats), return_exceptions=True)
        assert {type(answer) for answer in answers} == {StorageFailed}
        assert await count(world, Statement) == 0
        assert world.parts.writer.batches.participants((await world.question()).id) == {}


async def test_after_a_failed_commit_the_next_one_works_and_a_resend_is_stored(tmp_path, commits):
    async with a_world(tmp_path) as world:
        await world.advance()
        failing = [True]

        def fail_once():
            if failing.pop() if failing else False:
                raise OperationalError("COMMIT", {}, Exception("disk full"))

        commits(world, fail_once)
        with pytest.raises(StorageFailed):
            await world.write(world.seats[0], "tekst", "ab" * 16)
        assert (await world.write(world.seats[0], "tekst", "ab" * 16))["status"] == "stored"


async def test_an_integrity_error_is_only_its_own_persons(tmp_path):
    async with a_world(tmp_path) as world:
        answers = await asyncio.gather(
            world.run(participants.join, participant="nieuw"),
            world.run(participants.join, participant=world.seats[0].hash),
            world.run(participants.join, participant="ook nieuw"),
            return_exceptions=True,
        )
        assert [isinstance(answer, Exception) for answer in answers] == [False, True, False]
        assert await count(world, Participant) == 6


async def test_a_bug_in_one_command_leaves_the_others_of_its_transaction_alone(tmp_path):
    async def broken(db, session, batches):
        db.add(ActionItem(session_id=session.id, text="half"))
        await db.flush()
        raise ZeroDivisionError

    async with a_world(tmp_path) as world:
        answers = await asyncio.gather(
            world.run(actions.add, fields=ActionFields("een")),
            world.run(broken),
            world.run(actions.add, fields=ActionFields("twee")),
            return_exceptions=True,
        )
        assert isinstance(answers[1], ZeroDivisionError)
        async with world.parts.database.reader() as db:
            assert [item.text for item in (await db.exec(select(ActionItem))).all()] == ["een", "twee"]


async def test_a_refused_command_leaves_nothing_half_written_and_no_seq(tmp_path):
    async def refuse_late(db, session, batches):
        session.title = "half"
        await db.flush()
        raise Refusal(Reason.TEXT_MISSING)

    async with a_world(tmp_path) as world:
        before = await world.row()
        with pytest.raises(Refusal):
            await world.run(refuse_late)
        after = await world.row()
        assert (after.title, after.seq) == (before.title, before.seq)


async def test_a_full_queue_takes_nothing_more_and_says_come_back(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MOST_WAITING", 3)
    async with a_world(tmp_path) as world:
        await world.advance()
        writing = [asyncio.create_task(world.write(world.seats[0], str(number))) for number in range(8)]
        answers = await asyncio.gather(*writing, return_exceptions=True)
        turned_away = [answer for answer in answers if isinstance(answer, Overloaded)]
        stored = [answer for answer in answers if isinstance(answer, dict)]
        assert turned_away and stored and len(turned_away) + len(stored) == 8
        assert await count(world, Statement) == len(stored)


async def test_a_stopping_server_writes_what_it_took_and_takes_no_more(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        question = (await world.question()).id
        writing = [asyncio.create_task(submit(world, question, str(number))) for number in range(20)]
        await asyncio.sleep(0)
        await world.parts.writer.stop()
        assert all(answer["status"] == "stored" for answer in await asyncio.gather(*writing))
        with pytest.raises(Overloaded):
            await world.write(world.seats[0], "te laat")


async def test_somebody_who_hangs_up_does_not_undo_what_was_taken(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        hanging = asyncio.create_task(world.write(world.seats[0], "opgehangen"))
        await asyncio.sleep(0)
        while world.parts.writer._queue.empty() and not hanging.done():
            await asyncio.sleep(0)
        hanging.cancel()
        await world.write(world.seats[1], "erna")
        assert await count(world, Statement) == 2


async def test_a_listener_that_fails_does_not_stop_the_writer(tmp_path):
    def broken(*_):
        raise RuntimeError

    async with a_world(tmp_path) as world:
        world.parts.writer._bus.subscribe(broken)
        await world.run(actions.add, fields=ActionFields("een"))
        await world.run(actions.add, fields=ActionFields("twee"))
        assert await count(world, ActionItem) == 2


async def test_a_command_sees_the_seq_its_change_will_have(tmp_path):
    seen = []

    async def look(db, session, batches):
        seen.append(session.seq)
        return Outcome([ActionItemsChanged()])

    async with a_world(tmp_path) as world:
        await world.run(look)
        assert seen == [(await world.row()).seq]


async def test_a_session_that_is_gone_is_refused(tmp_path):
    async with a_world(tmp_path) as world:
        with pytest.raises(Refusal):
            await world.parts.writer.run(sessions.share_report, 999, shared=True)
        with pytest.raises(Refusal):
            await world.parts.writer.run(participants.join, 999, participant="p")
