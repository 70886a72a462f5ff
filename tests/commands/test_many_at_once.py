"""What hundreds who write at once cost the database: counted, since that is what decides how long they wait."""

import asyncio
import contextlib
import secrets

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from app.commands import ballots, run, statements
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.events import StatementsReleased
from app.domain.phases import Phase
from app.store import questions
from app.store.tables import Ballot, Statement, Theme
from tests.world import a_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]


@contextlib.contextmanager
def asked_of(world):
    """The statements that the writer sends to the database meanwhile, with their values."""
    seen = []
    engine = world.parts.database._writer_engine.sync_engine

    def note(_connection, _cursor, statement, values, *_):
        seen.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


async def submit_many(world, count, **more):
    question = (await world.question()).id
    acts = [
        world.run(
            statements.submit,
            participant=anonymity.hash_token(str(number)),
            question_id=question,
            receipt=secrets.token_hex(16),
            revision=1,
            text=f"uitspraak {number}",
            **more,
        )
        for number in range(count)
    ]
    return await asyncio.gather(*acts, return_exceptions=True)


async def allocate_many(world, count, round_id, theme, revision):
    acts = [
        world.run(ballots.allocate, voter_key=str(number), round_id=round_id, revision=revision, points={str(theme): 1})
        for number in range(count)
    ]
    return await asyncio.gather(*acts)


async def everything(world, table):
    async with world.parts.database.reader() as db:
        return (await db.exec(select(table))).all()


def transactions(seen):
    return [statement for statement, _ in seen].count("BEGIN IMMEDIATE")


async def test_two_hundred_statements_ask_the_database_no_more_than_five_do(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        lengths = []
        for count in (5, run.MOST_AT_ONCE):
            with asked_of(world) as seen:
                await submit_many(world, count)
            assert transactions(seen) == 1
            lengths.append(len(seen))
        assert lengths[0] == lengths[1] <= 11
        assert len(await everything(world, Statement)) == 5 + run.MOST_AT_ONCE


async def test_statements_for_given_themes_ask_for_the_themes_once(tmp_path):
    guided = QuestionSettings("Wat is nodig?", themes=("Wonen", "Zorg"))
    async with a_world(tmp_path, questions=(guided,)) as world:
        await world.advance()
        theme = (await everything(world, Theme))[0].id
        with asked_of(world) as seen:
            answers = await submit_many(world, 100, theme_id=theme)
        assert {answer["status"] for answer in answers} == {"stored"}
        assert len(seen) <= 12


async def test_two_hundred_allocations_ask_the_database_no_more_than_five_do(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        lengths = []
        for revision, count in [(1, 5), (2, run.MOST_AT_ONCE)]:
            with asked_of(world) as seen:
                await allocate_many(world, count, vote.id, theme, revision)
            assert transactions(seen) == 1
            lengths.append(len(seen))
        assert lengths[0] == lengths[1] <= 8
        assert {ballot.revision for ballot in await everything(world, Ballot)} == {2}


async def test_a_full_board_is_not_read_to_add_one_more(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        with asked_of(world) as seen:
            await submit_many(world, 5)
        async with world.parts.database.reader() as db:
            plans = [await plan_of(db, *asked) for asked in seen if "FROM statement" in asked[0]]
        steps = [step for plan in plans for step in plan]
        assert len(plans) == 3 and all("receipt_hash=?" in step or "released=?" in step for step in steps), steps


async def plan_of(db, statement, values):
    driver = (await (await db.connection()).get_raw_connection()).driver_connection
    return [row[3] for row in await driver.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}", values)]


async def test_where_nothing_is_mixed_all_who_wrote_at_once_are_one_event(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        heard = []
        world.parts.writer._bus.subscribe(lambda _session, _seq, events: heard.extend(events))
        await submit_many(world, 50)
        (released,) = [event for event in heard if isinstance(event, StatementsReleased)]
        assert len(released.statements) == 50


async def test_a_key_that_is_taken_is_one_persons_error_and_the_others_are_stored(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        await world.advance()
        # The third one meets the key of the second, in the bulk insert and when each is tried again alone.
        keys = iter(["a" * 16, "b" * 16, "b" * 16] * 2)
        monkeypatch.setattr(statements, "random_key", lambda: next(keys))
        answers = await submit_many(world, 3)
        assert [isinstance(answer, IntegrityError) for answer in answers] == [False, False, True]
        assert sorted(one.text for one in await everything(world, Statement)) == ["uitspraak 0", "uitspraak 1"]


async def test_who_reads_for_long_keeps_nobody_from_writing(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        async with world.parts.database.reader() as long_one:
            before = (await long_one.exec(select(Statement))).all()
            answers = await submit_many(world, 20)
            assert {answer["status"] for answer in answers} == {"stored"}
            # It still reads as it was when it began, and its transaction was never in the way.
            assert (await long_one.exec(select(Statement))).all() == before == []
        assert len(await everything(world, Statement)) == 20


async def test_many_share_a_transaction_that_waits_a_little_and_a_lone_one_never_waits(tmp_path, monkeypatch):
    pauses = []
    real = asyncio.sleep

    async def noting(seconds, *rest):
        pauses.append(seconds)
        await real(0, *rest)

    async with a_world(tmp_path) as world:
        await world.advance()
        monkeypatch.setattr(run.asyncio, "sleep", noting)
        # All of it in one moment, however slow the machine is.
        monkeypatch.setattr(run, "monotonic", lambda: 100.0)
        for number in range(3):
            await world.write(world.seats[0], f"alleen {number}")
        assert [pause for pause in pauses if 0 < pause <= run.GATHER_SECONDS] == []
        await submit_many(world, 5)
        await submit_many(world, 5)
        assert len([pause for pause in pauses if 0 < pause <= run.GATHER_SECONDS]) == 1
