"""Thirty statements a question and ten a minute: also for all who wait at once, and after what went wrong."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.commands import statements
from app.commands.trouble import StorageFailed
from app.domain.agenda import QuestionSettings
from app.domain.limits import MOST_A_MINUTE, MOST_STATEMENTS
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from tests.world import Seat, World, a_world

pytestmark = pytest.mark.anyio


async def write_at_once(world: World, seat: Seat, count: int) -> list[Any]:
    """All in one batch of the writer."""
    question = await world.question()
    texts = {"participant": seat.hash, "question_id": question.id, "revision": 1, "text": "x"}
    writing = [world.run(statements.submit, **texts, receipt=secrets.token_hex(16)) for _ in range(count)]
    return await asyncio.gather(*writing, return_exceptions=True)


def hurry(world: World, now: list[float]) -> None:
    """People write as fast as the test does, and the clock is the test's."""
    world.parts.writer.batches.clock = lambda: now[0]


def reasons(answers: list[Any]) -> list[Reason]:
    return [answer.reason for answer in answers if isinstance(answer, Refusal)]


async def test_of_forty_that_wait_at_once_thirty_are_stored(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        answers = await write_at_once(world, world.seats[0], 40)
        assert sum(isinstance(answer, dict) for answer in answers) == MOST_STATEMENTS
        assert reasons(answers) == [Reason.ENOUGH_STATEMENTS] * 10
        await world.write(world.seats[1], "een ander schrijft verder")


async def test_a_question_may_ask_for_fewer_or_more(tmp_path: Path):
    questions = (QuestionSettings("Noem er twee", most_statements=2), QuestionSettings("Alles", most_statements=40))
    async with a_world(tmp_path, questions) as world:
        await world.advance()
        answers = await write_at_once(world, world.seats[0], 3)
        assert [answer.values for answer in answers if isinstance(answer, Refusal)] == [{"limit": 2}]


async def test_of_twelve_in_a_second_ten_are_stored_and_two_a_minute_later(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        now = [100.0]
        hurry(world, now)
        answers = await write_at_once(world, world.seats[0], 12)
        assert sum(isinstance(answer, dict) for answer in answers) == MOST_A_MINUTE
        assert reasons(answers) == [Reason.TOO_FAST] * 2
        now[0] += answers[-1].values["seconds"]
        assert all(isinstance(answer, dict) for answer in await write_at_once(world, world.seats[0], 2))


async def test_what_came_too_fast_just_before_the_close_is_never_turned_away(tmp_path: Path):
    """A question without grouping is open to late statements for a short while only."""
    async with a_world(tmp_path, [QuestionSettings("Eén vraag", phases=("collect", "result"))]) as world:
        await world.advance()
        now = [100.0]
        hurry(world, now)
        answers = await write_at_once(world, world.seats[0], 25)
        assert reasons(answers) == [Reason.TOO_FAST] * 15
        await world.advance_to(Phase.RESULT)
        late = await write_at_once(world, world.seats[0], 15)
        assert [answer["status"] for answer in late] == ["held"] * 15
        assert reasons(await write_at_once(world, world.seats[0], 6)) == [Reason.ENOUGH_STATEMENTS]


async def test_a_resend_and_an_edit_take_no_place_and_a_retraction_gives_one_back(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        seat = world.seats[0]
        for number in range(MOST_STATEMENTS):
            await world.write(seat, f"{number}")
        await world.write(seat, "0", seat.receipts[0])
        await world.write(seat, "anders", seat.receipts[0], revision=2)
        with pytest.raises(Refusal) as refused:
            await world.write(seat, "een te veel")
        assert (refused.value.reason, refused.value.values) == (Reason.ENOUGH_STATEMENTS, {"limit": 30})
        await world.run(statements.retract, participant=seat.hash, receipt=seat.receipts[0], revision=3)
        await world.write(seat, "in plaats daarvan")
        with pytest.raises(Refusal) as refused:
            await world.write(seat, "anders", seat.receipts[0], revision=4)
        assert refused.value.reason == Reason.ENOUGH_STATEMENTS, "put back, it would be one too many"


async def test_edits_and_resends_come_sixty_a_minute(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        hurry(world, [100.0])
        seat = world.seats[0]
        await world.write(seat, "x")
        for revision in range(2, 62):
            await world.write(seat, "y", seat.receipts[0], revision)
        with pytest.raises(Refusal) as refused:
            await world.write(seat, "z", seat.receipts[0], 62)
        assert refused.value.reason == Reason.TOO_FAST
        with pytest.raises(Refusal):
            await world.run(statements.retract, participant=seat.hash, receipt=seat.receipts[0], revision=63)


async def test_what_could_not_be_stored_costs_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_world(tmp_path) as world:
        await world.advance()
        hurry(world, [100.0])
        seat = world.seats[0]
        with monkeypatch.context() as broken:

            async def full(*_: Any) -> None:
                raise OSError("disk full")

            broken.setattr(statements, "_tell_of_releases", full)
            for _ in range(3):
                answers = await write_at_once(world, seat, 5)
                assert all(isinstance(answer, StorageFailed) for answer in answers)
        assert all(isinstance(answer, dict) for answer in await write_at_once(world, seat, MOST_A_MINUTE))


async def test_a_batch_that_is_written_again_one_by_one_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with a_world(tmp_path) as world:
        await world.advance()
        hurry(world, [100.0])
        release, failed = statements._tell_of_releases, []

        async def fail_once(*arguments: Any) -> None:
            if not failed:
                failed.append(True)
                raise IntegrityError("insert", {}, Exception())
            await release(*arguments)

        monkeypatch.setattr(statements, "_tell_of_releases", fail_once)
        answers = await write_at_once(world, world.seats[0], MOST_A_MINUTE)
        assert failed and all(isinstance(answer, dict) for answer in answers)
        assert reasons(await write_at_once(world, world.seats[0], 1)) == [Reason.TOO_FAST]
