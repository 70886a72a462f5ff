"""What changes on the night, against a real database: questions in between, typos, skipping, the door, a pause."""

import pytest
from sqlmodel import select

from app.commands import participants, phases, sessions, turns
from app.commands.pages import Page
from app.commands.statements import retract
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase, Status
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import questions, statements
from app.store.tables import Ballot
from tests.world import POSITIVE, Seat, World, a_world

pytestmark = pytest.mark.anyio
BETWEEN = QuestionSettings("Wat zegt u van deze zaal?", phases=WITHOUT_VOTE)
PAUSE = QuestionSettings("Koffie in de hal", phases=PAUSE_ONLY, minutes={"pause": 10})
SECOND = QuestionSettings("Wat zijn de knelpunten?")


async def texts(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        return [question.text for question in await questions.of_session(db, world.session)]


async def add_between(world: World, page: Page | None = None) -> int:
    number: int = await world.run(turns.add_between, page=page or await world.page(), settings=BETWEEN)
    return number


async def skip(world: World, number: int, skipped: bool = True, seq: int | None = None) -> None:
    question = await world.question(number)
    seq = (await world.page()).seq if seq is None else seq
    await world.run(turns.pass_over, question_id=question.id, skipped=skipped, seq=seq)


async def cut_short(world: World, confirmed: str = "skip") -> None:
    await world.run(turns.cut_short, page=await world.page(), confirmed=confirmed)


async def shown(world: World, number: int = 1) -> list[str]:
    async with world.parts.database.reader() as db:
        return sorted(row.text for row in await statements.released(db, (await world.question(number)).id))


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.CLUSTER, Phase.RESULT])
async def test_an_unplanned_question_comes_right_after_the_current_one_in_every_phase(tmp_path, phase):
    first = QuestionSettings(POSITIVE, phases=WITHOUT_VOTE)
    async with a_world(tmp_path, (first, SECOND)) as world:
        await world.advance_to(phase)
        assert await add_between(world) == 2
        assert await texts(world) == [POSITIVE, BETWEEN.text, SECOND.text]
        assert (await world.question()).text == POSITIVE
        await world.advance_to(Phase.RESULT)
        await world.advance()
        assert (await world.question()).text == BETWEEN.text


async def test_before_the_first_question_an_unplanned_one_becomes_the_first(tmp_path):
    async with a_world(tmp_path) as world:
        assert await add_between(world) == 1
        await world.advance()
        assert (await world.question()).text == BETWEEN.text


async def test_a_double_press_makes_one_question_in_between(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        page = await world.page()
        await add_between(world, page)
        with pytest.raises(Refusal) as refused:
            await add_between(world, page)
        assert refused.value.reason == Reason.PAGE_IS_STALE
        assert (await texts(world)).count(BETWEEN.text) == 1


async def test_a_typo_is_corrected_until_the_first_statement_and_no_longer(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.run(turns.correct_text, page=await world.page(), text="Wat ervaart u als positief?")
        assert (await world.question()).text == "Wat ervaart u als positief?"
        page = await world.page()
        await world.write(world.seats[0], "korte lijnen")
        with pytest.raises(Refusal) as refused:
            await world.run(turns.correct_text, page=page, text="Iets heel anders")
        assert refused.value.reason == Reason.QUESTION_IS_ANSWERED
        assert (await world.question()).text == "Wat ervaart u als positief?"


async def test_a_retracted_statement_still_fixes_the_text(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "korte lijnen", receipt="a" * 32)
        await world.run(retract, receipt="a" * 32, revision=2)
        with pytest.raises(Refusal):
            await world.run(turns.correct_text, page=await world.page(), text="Iets heel anders")


async def test_two_moderators_do_not_overwrite_each_others_correction(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        page = await world.page()
        await world.run(turns.correct_text, page=page, text="De ene")
        with pytest.raises(Refusal) as refused:
            await world.run(turns.correct_text, page=page, text="De andere")
        assert refused.value.reason == Reason.PAGE_IS_STALE


async def test_a_skipped_question_is_passed_over_and_asked_after_all(tmp_path):
    third = QuestionSettings("Wat moet er gebeuren?")
    async with a_world(tmp_path, (QuestionSettings(POSITIVE, phases=WITHOUT_VOTE), SECOND, third)) as world:
        await world.advance_to(Phase.RESULT)
        await skip(world, 2)
        await world.advance()
        assert (await world.question()).text == third.text
        await skip(world, 2, skipped=False)
        await cut_short(world)
        await world.advance()
        assert (await world.question()).text == SECOND.text


async def test_what_has_had_its_turn_is_not_skipped_from_an_old_page(tmp_path):
    async with a_world(tmp_path) as world:
        seq = (await world.page()).seq
        await world.advance()
        with pytest.raises(Refusal) as refused:
            await skip(world, 1, seq=seq)
        assert refused.value.reason == Reason.QUESTION_HAD_ITS_TURN


async def test_skipping_the_rest_while_collecting_keeps_what_was_written_even_by_one(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "korte lijnen")
        with pytest.raises(ConfirmationNeeded) as asked:
            await cut_short(world, "")
        assert (asked.value.key, asked.value.count, asked.value.dropped) == ("skip", 1, None)
        assert (await world.question()).phase == Phase.COLLECT
        await cut_short(world)
        assert (await world.question()).phase == Phase.RESULT
        assert await shown(world) == ["korte lijnen"]
        await world.advance()
        assert (await world.question()).text == SECOND.text


async def test_collecting_that_is_opened_and_skipped_again_shows_no_single_statement(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        for number in range(3):
            await world.write(world.seats[number], f"eerst {number}")
        await cut_short(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        assert (await world.question()).phase == Phase.COLLECT
        await world.write(world.seats[0], "alleen")
        await cut_short(world)
        assert "alleen" not in await shown(world)
        await world.advance()
        assert "alleen" in await shown(world)


async def test_skipping_out_of_a_vote_drops_it_and_says_how_many_had_voted(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        for seat in world.seats[:3]:
            await world.vote(seat, {theme: 1})
        with pytest.raises(ConfirmationNeeded) as asked:
            await cut_short(world, "")
        assert (asked.value.count, asked.value.dropped) == (0, 3)
        await cut_short(world)
        async with world.parts.database.reader() as db:
            assert (await db.exec(select(Ballot))).all() == []
            assert await questions.last_round(db, (await world.question()).id) is None
        assert (await world.question()).phase == Phase.RESULT


async def test_skipping_a_second_vote_leaves_the_first_as_it_was(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        for seat in world.seats[:3]:
            await world.vote(seat, {theme: 1})
        await world.advance()
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await cut_short(world)
        async with world.parts.database.reader() as db:
            rounds = await questions.rounds_of(db, (await world.question()).id)
        assert [(vote.number, vote.closed, vote.ballots) for vote in rounds] == [(1, True, 3)]


async def test_there_is_nothing_left_to_skip_of_a_result_or_a_pause(tmp_path):
    async with a_world(tmp_path, (PAUSE, SECOND)) as world:
        await world.advance()
        with pytest.raises(Refusal) as refused:
            await cut_short(world)
        assert refused.value.reason == Reason.NOT_IN_THIS_PHASE


async def test_a_closed_door_takes_nobody_new_and_an_opened_one_does(tmp_path):
    async with a_world(tmp_path, seats=2) as world:
        await world.run(sessions.set_door, is_open=False)
        with pytest.raises(Refusal) as refused:
            await world.run(participants.join, participant=Seat().hash)
        assert refused.value.reason == Reason.DOOR_IS_CLOSED
        await world.advance()
        assert (await world.write(world.seats[0], "wie zit, schrijft gewoon"))["status"] == "stored"
        await world.run(sessions.set_door, is_open=True)
        await world.join()


async def test_a_pause_begins_with_its_time_takes_nothing_and_ends_with_the_next_step(tmp_path):
    first = QuestionSettings(POSITIVE, phases=(Phase.COLLECT, Phase.RESULT))
    async with a_world(tmp_path, (first, PAUSE, SECOND)) as world:
        await world.advance_to(Phase.RESULT)
        await world.advance()
        pause = await world.question()
        assert (pause.phase, pause.timer_seconds) == (Phase.PAUSE, 600)
        with pytest.raises(Refusal):
            await world.write(world.seats[0], "in de pauze")
        with pytest.raises(Refusal):
            await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(phases.set_timer, page=await world.page(), act="add")
        assert (await world.question()).timer_seconds > 600
        await world.advance()
        assert (await world.question()).text == SECOND.text


async def test_a_session_ends_from_a_pause_and_a_pause_is_skipped_as_a_question_is(tmp_path):
    async with a_world(tmp_path, (PAUSE, PAUSE, SECOND)) as world:
        await skip(world, 1)
        await world.advance()
        assert (await world.question()).id == (await world.question(2)).id
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert (await world.row()).status == Status.ENDED
