"""Submitting, changing and taking back statements, as a phone on a bad line does it."""

import time

import pytest
from sqlmodel import select

from app.commands import phases, statements, themes
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.store.tables import Question, Statement
from tests.world import a_world, make_world

pytestmark = pytest.mark.anyio
RECEIPT = "ab" * 16


async def stored(world):
    async with world.parts.database.reader() as db:
        return (await db.exec(select(Statement))).all()


async def retract(world, receipt=RECEIPT, revision=2):
    return await world.run(statements.retract, receipt=receipt, revision=revision)


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def set_question(world, **values):
    """Puts a question in a state that no screen leads to, straight in the database."""
    async with world.parts.database.writer() as db, db.begin():
        question = await db.get(Question, (await world.question()).id)
        for name, value in values.items():
            setattr(question, name, value)


async def test_a_resend_is_harmless(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        first = await world.write(world.seats[0], "een", RECEIPT)
        again = await world.write(world.seats[0], "een", RECEIPT)
        assert (first["status"], again["status"]) == ("stored", "stands")
        assert len(await stored(world)) == 1


async def test_a_newer_revision_replaces_and_a_late_older_one_does_not(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "eerst", RECEIPT, 1)
        await world.write(world.seats[0], "derde", RECEIPT, 3)
        answer = await world.write(world.seats[0], "tweede", RECEIPT, 2)
        assert (answer["status"], answer["revision"]) == ("stands", 3)
        assert [statement.text for statement in await stored(world)] == ["derde"]


async def test_a_retracted_text_is_gone_and_a_late_retry_does_not_revive_it(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "toch niet", RECEIPT, 1)
        assert (await retract(world))["retracted"]
        answer = await world.write(world.seats[0], "toch niet", RECEIPT, 1)
        assert answer["status"] == "stands" and answer["retracted"]
        (tombstone,) = await stored(world)
        assert tombstone.text == "" and tombstone.retracted and not tombstone.released


async def test_a_retracted_statement_can_be_put_back_and_is_mixed_anew(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        for seat, receipt in zip(world.seats, (RECEIPT, None, None), strict=False):
            await world.write(seat, "in de eerste groep", receipt)
        await retract(world)
        answer = await world.write(world.seats[0], "toch wel", RECEIPT, 3)
        (back,) = [statement for statement in await stored(world) if statement.text == "toch wel"]
        assert answer["status"] == "stored" and not back.released and not back.retracted and back.theme_id is None


async def test_retracting_twice_or_without_a_statement_harms_nothing(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "een", RECEIPT)
        await retract(world)
        assert (await retract(world))["status"] == "stands"
        assert await refusal(retract(world, "cd" * 16)) == Reason.RECEIPT_UNKNOWN
        assert await refusal(retract(world, "niets")) == Reason.RECEIPT_MALFORMED


async def test_a_resend_and_a_newer_revision_in_one_batch_leave_the_newer(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        question = await world.question()
        items = [
            {"participant": "p", "question_id": question.id, "receipt": RECEIPT, "revision": number, "text": text}
            for number, text in [(1, "een"), (1, "een"), (2, "twee"), (1, "een")]
        ]
        async with world.parts.database.writer() as db, db.begin():
            session = await world.row()
            batches = world.parts.writer.batches
            outcomes = await statements.submit_all(db, session, items, batches)
        assert [outcome.answer["status"] for outcome in outcomes] == ["stored", "stands", "stored", "stands"]
        assert [(statement.text, statement.revision) for statement in await stored(world)] == [("twee", 2)]


async def test_one_bad_statement_in_a_batch_is_only_its_own_writers_problem(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        question = await world.question()
        receipts = ["aa" * 16, "bb" * 16, "cc" * 16]
        items = [
            {"participant": "p", "question_id": question.id, "receipt": receipt, "revision": 1, "text": text}
            for receipt, text in zip(receipts, ["goed", "", "ook goed"], strict=True)
        ]
        async with world.parts.database.writer() as db, db.begin():
            outcomes = await statements.submit_all(db, await world.row(), items, world.parts.writer.batches)
        assert [isinstance(outcome, Refusal) for outcome in outcomes] == [False, True, False]
        assert sorted(statement.text for statement in await stored(world)) == ["goed", "ook goed"]


async def test_late_statements_are_held_and_can_be_changed_and_taken_back_until_they_come_in(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        assert (await world.write(world.seats[0], "laat", RECEIPT))["status"] == "held"
        assert (await world.write(world.seats[0], "later", RECEIPT, 2))["status"] == "held"
        assert (await retract(world, revision=3))["retracted"]
        assert (await world.write(world.seats[0], "toch", RECEIPT, 4))["status"] == "held"
        assert [statement.released for statement in await stored(world)] == [False]


async def test_three_people_with_late_statements_bring_them_in_together(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        for seat in (world.seats[0], world.seats[0], world.seats[1]):
            await world.write(seat, "laat")
        assert not any(statement.released for statement in await stored(world))
        await world.write(world.seats[2], "laat", RECEIPT)
        assert all(statement.released for statement in await stored(world))
        assert await refusal(retract(world)) == Reason.STATEMENT_IS_FIXED


async def test_after_collecting_what_came_in_time_is_fixed(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "op tijd", RECEIPT)
        await world.advance()
        assert await refusal(world.write(world.seats[0], "anders", RECEIPT, 2)) == Reason.STATEMENT_IS_FIXED
        assert await refusal(retract(world)) == Reason.STATEMENT_IS_FIXED
        assert (await world.write(world.seats[0], "op tijd", RECEIPT, 1))["status"] == "stands"


async def test_where_no_clustering_follows_late_ones_are_taken_for_a_minute_and_then_come_in(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await set_question(world, phases="collect,result")
        await world.advance()
        assert (await world.write(world.seats[0], "laat"))["status"] == "held"
        await set_question(world, collecting_closed_at=int(time.time()) - 62)
        assert await refusal(world.write(world.seats[0], "te laat")) == Reason.COLLECTING_IS_OVER


@pytest.mark.parametrize(
    ("phase", "reason"), [(Phase.VOTE, Reason.VOTE_HAS_BEGUN), (Phase.RESULT, Reason.COLLECTING_IS_OVER)]
)
async def test_too_late_is_said_in_its_own_sentence(tmp_path, phase, reason):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Samenwerking")
        await world.advance_to(phase)
        assert await refusal(world.write(world.seats[0], "te laat")) == reason


async def test_a_question_that_has_not_started_takes_nothing(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        second = await world.question(2)
        arguments = {"participant": "p", "receipt": RECEIPT, "revision": 1, "text": "vooruit"}
        early = world.run(statements.submit, question_id=second.id, **arguments)
        assert await refusal(early) == Reason.NOT_COLLECTING_YET


async def test_a_question_of_another_session_is_unknown_here(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await other.advance()
        theirs = (await other.question()).id
        arguments = {"participant": "p", "revision": 1, "text": "verdwaald"}
        for question in (theirs, 999_999):
            strayed = world.run(statements.submit, question_id=question, receipt=RECEIPT, **arguments)
            assert await refusal(strayed) == Reason.QUESTION_UNKNOWN
        await other.write(other.seats[0], "van daar", RECEIPT)
        assert await refusal(retract(world)) == Reason.RECEIPT_UNKNOWN
        assert [statement.text for statement in await stored(world)] == ["van daar"]


async def test_the_same_receipt_for_another_question_is_refused(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await world.advance()
        await other.advance()
        await world.write(world.seats[0], "hier", RECEIPT)
        assert await refusal(other.write(other.seats[0], "daar", RECEIPT, 2)) == Reason.QUESTION_UNKNOWN


async def test_a_hidden_statement_that_was_retracted_comes_back_as_a_new_one_to_be_shown(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "eerst", RECEIPT)
        await world.advance()
        chosen = [await world.statement_id("eerst")]
        page = await world.page()
        await world.run(themes.hide, page=page, moderator_id=world.moderator, chosen=chosen, hidden=True)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await retract(world)
        await world.write(world.seats[0], "liever zo", RECEIPT, 3)
        (back,) = await stored(world)
        assert (back.text, back.hidden, back.id in chosen) == ("liever zo", False, False)


async def test_what_is_put_back_while_collecting_is_stored_although_it_was_late_when_it_was_retracted(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await accept(world, False)
        assert (await world.write(world.seats[0], "laat", RECEIPT))["status"] == "held"
        await retract(world)
        await accept(world, True)
        assert (await world.write(world.seats[0], "weer op tijd", RECEIPT, 3))["status"] == "stored"


async def test_a_refused_statement_brings_in_nothing_that_no_screen_hears_of(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await accept(world, False)
        await world.write(world.seats[0], "laat", RECEIPT)
        await accept(world, True)
        seq = (await world.row()).seq
        assert await refusal(world.write(world.seats[1], " ")) == Reason.STATEMENT_EMPTY
        assert [statement.released for statement in await stored(world)] == [False]
        await world.write(world.seats[1], "ook iets")
        assert [statement.released for statement in await stored(world)] == [True, True]
        assert (await world.row()).seq > seq


async def accept(world, accepted):
    await world.run(phases.accept_statements, page=await world.page(), accepted=accepted)
