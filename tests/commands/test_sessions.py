"""Making, opening and ending a session."""

import asyncio
import time
from datetime import date

import pytest
from sqlmodel import select

from app.commands import agenda, participants, sessions, statements
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase, Status
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store.tables import BoardMove, ModerationSession, RestingCode, Statement
from tests.world import a_world, make_world

pytestmark = pytest.mark.anyio


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def end(world):
    return await world.run(sessions.end, page=await world.page(), confirmed="end")


async def all_of(world, table):
    async with world.parts.database.reader() as db:
        return (await db.exec(select(table))).all()


def fields(mixing=True, title="Titel"):
    return sessions.SessionFields(title, "", date(2026, 1, 1), "nl", mixing)


async def test_a_session_without_a_question_does_not_open(tmp_path):
    async with a_world(tmp_path, questions=(), opened=False) as world:
        assert await refusal(world.run(sessions.open_session)) == Reason.AGENDA_IS_EMPTY


async def test_a_code_is_given_out_once_and_is_six_digits(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        code = await world.run(sessions.open_session)
        assert code.isdigit() and len(code) == 6
        assert await refusal(world.run(sessions.open_session)) == Reason.SESSION_ALREADY_OPEN


async def test_nobody_joins_a_session_that_is_not_open(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        assert await refusal(world.run(participants.join, participant="p")) == Reason.SESSION_NOT_OPEN


async def test_mixing_can_be_made_stricter_and_not_looser(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.run(sessions.change, fields=fields(mixing=True), seq=(await world.row()).seq)
        looser = world.run(sessions.change, fields=fields(mixing=False), seq=(await world.row()).seq)
        assert await refusal(looser) == Reason.MIXING_ONLY_STRICTER
        assert (await world.row()).mixing


async def test_details_that_changed_since_a_page_was_drawn_are_not_overwritten_by_it(tmp_path):
    async with a_world(tmp_path) as world:
        seq = (await world.row()).seq
        await world.run(sessions.change, fields=fields(title="Eerst"), seq=seq)
        again = world.run(sessions.change, fields=fields(title="Daarna"), seq=seq)
        assert await refusal(again) == Reason.PAGE_IS_STALE
        assert (await world.row()).title == "Eerst"


async def test_ending_is_asked_first_with_the_number_of_statements(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["a", "b", "c", "d"])
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.run(sessions.end, page=await world.page(), confirmed="")
        assert asked.value.count == 4
        assert (await world.row()).status == Status.OPEN


async def test_at_the_end_what_waited_is_shown_and_the_undo_history_goes(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("een")
        await world.write(world.seats[0], "laat")
        await end(world)
        assert [statement.released for statement in await all_of(world, Statement)] == [True]
        assert await all_of(world, BoardMove) == []


async def test_after_the_end_nothing_is_accepted(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "op tijd", "ab" * 16)
        await end(world)
        assert await refusal(world.write(world.seats[0], "te laat")) == Reason.SESSION_HAS_ENDED
        retracting = world.run(statements.retract, receipt="ab" * 16, revision=2)
        assert await refusal(retracting) == Reason.SESSION_HAS_ENDED
        assert await refusal(world.run(participants.join, participant="p")) == Reason.SESSION_HAS_ENDED
        assert await refusal(world.advance()) == Reason.SESSION_HAS_ENDED
        assert await refusal(world.run(agenda.add_question, settings=QuestionSettings("?"))) == Reason.SESSION_HAS_ENDED
        assert await refusal(world.run(sessions.open_session)) == Reason.SESSION_HAS_ENDED


async def test_a_vote_is_closed_before_a_session_ends(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("een")
        await world.advance()
        assert await refusal(end(world)) == Reason.NOT_IN_THIS_PHASE


async def test_a_stale_page_does_not_end_a_session(tmp_path):
    async with a_world(tmp_path) as world:
        page = await world.page()
        await world.advance()
        assert await refusal(world.run(sessions.end, page=page, confirmed="end")) == Reason.PAGE_IS_STALE


async def test_a_day_after_the_end_the_code_rests_and_the_receipts_are_gone(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["a", "b", "c"])
        code = (await world.row()).code
        await end(world)
        await world.parts.writer.run(sessions.forget_ended, before=int(time.time()) - 60)
        assert (await world.row()).code == code
        await world.parts.writer.run(sessions.forget_ended, before=int(time.time()) + 60)
        assert (await world.row()).code is None
        assert [statement.receipt_hash for statement in await all_of(world, Statement)] == [None] * 3
        (resting,) = await all_of(world, RestingCode)
        assert resting.code == code and resting.until > time.time() + 29 * 24 * 3600


async def test_a_resting_or_used_code_is_not_given_out(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        used = int((await world.row()).code)
        async with world.parts.database.writer() as db, db.begin():
            db.add(RestingCode(code="200000", until=int(time.time()) + 60))
        draws = iter([used - 100_000, 100_000, 200_000])
        monkeypatch.setattr(sessions.secrets, "randbelow", lambda _: next(draws))
        other = await make_world(world.app, seats=0)
        assert (await other.row()).code == "300000"


async def test_a_code_that_has_rested_is_forgotten_when_the_next_is_given_out(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        now = int(time.time())
        async with world.parts.database.writer() as db, db.begin():
            db.add_all([RestingCode(code="200000", until=now - 60), RestingCode(code="300000", until=now + 3600)])
        await world.run(sessions.open_session)
        assert [resting.code for resting in await all_of(world, RestingCode)] == ["300000"]


async def test_sessions_that_run_at_once_do_not_mix(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await world.advance()
        await other.advance()
        await asyncio.gather(
            *(one.write(seat, text) for one, text in [(world, "hier"), (other, "daar")] for seat in one.seats)
        )
        mine, theirs = (await world.question()).id, (await other.question()).id
        by_question = {(statement.question_id, statement.text) for statement in await all_of(world, Statement)}
        assert by_question == {(mine, "hier"), (theirs, "daar")}
        assert len(await all_of(world, ModerationSession)) == 2
