"""Leading the group through the phases, against a real database."""

import pytest
from sqlmodel import select

from app.commands import phases, themes, turns
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITHOUT_VOTE, Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import questions, statements
from app.store.tables import Ballot
from tests.world import DISTRICT_TEAM, a_world, texts_of

pytestmark = pytest.mark.anyio
FIRST = DISTRICT_TEAM["questions"][0]


async def test_a_double_click_cannot_skip_a_phase(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        page = await world.page()
        await world.run(phases.advance, page=page, confirmed="")
        with pytest.raises(Refusal) as refused:
            await world.run(phases.advance, page=page, confirmed="")
        assert refused.value.reason == Reason.PAGE_IS_STALE
        assert (await world.question()).phase == Phase.CLUSTER


async def test_unclustered_statements_are_named_in_numbers_before_a_vote_leaves_them_out(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(texts_of(FIRST))
        await world.advance()
        await world.make_theme("Samenwerking", FIRST["themes"][0]["statements"])
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.advance(confirmed="")
        assert (asked.value.key, asked.value.count) == ("start_vote", 18)
        await world.advance("start_vote")
        assert (await world.question()).phase == Phase.VOTE


async def test_waiting_late_statements_come_in_before_the_vote_starts(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        await world.advance()
        await world.make_theme("Alles", ["een", "twee", "drie"])
        assert (await world.write(world.seats[0], "laat"))["status"] == "held"
        assert await world.advance() == {"late": 1}
        assert (await world.question()).phase == Phase.CLUSTER
        async with world.parts.database.reader() as db:
            shown = await statements.released(db, (await world.question()).id)
        assert [statement.text for statement in shown if statement.theme_id is None] == ["laat"]


async def test_going_back_from_an_open_vote_drops_it_and_the_next_one_starts_from_zero(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        for seat in world.seats:
            await world.vote(seat, {theme: 3})
        with pytest.raises(ConfirmationNeeded):
            await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(phases.go_back, page=await world.page(), confirmed="drop_votes")
        await world.advance()
        for seat in world.seats[:3]:
            await world.vote(seat, {theme: 1})
        await world.advance()
        async with world.parts.database.reader() as db:
            rounds = await questions.rounds_of(db, (await world.question()).id)
            counted = await questions.themes_of_round(db, rounds[-1].id)
        assert [vote.number for vote in rounds] == [1]
        assert [theme.points for theme in counted] == [3]


async def test_fewer_than_three_ballots_leave_no_tally_and_no_ballots(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        for seat in world.seats[:2]:
            await world.vote(seat, {theme: 3})
        await world.vote(world.seats[2], {})
        await world.advance()
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
            counted = await questions.themes_of_round(db, vote.id)
            left = await db.exec(select(Ballot))
        assert vote.closed and vote.ballots is None
        assert [theme.points for theme in counted] == [None]
        assert left.all() == []


async def test_a_second_vote_is_a_new_round_and_leaves_the_first_as_it_was(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        for seat in world.seats:
            await world.vote(seat, {theme: 2})
        await world.advance()
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.run(phases.vote_again, page=await world.page())
        assert (asked.value.key, asked.value.count) == ("vote_again", len(world.seats))
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        for seat in world.seats:
            await world.vote(seat, {theme: 1})
        await world.advance()
        async with world.parts.database.reader() as db:
            rounds = await questions.rounds_of(db, (await world.question()).id)
            figures = [[row.points for row in await questions.themes_of_round(db, vote.id)] for vote in rounds]
        assert figures == [[8], [4]]


async def test_closing_on_somebody_who_types_asks_first_and_closes_when_that_is_meant(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        page = await world.page()
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.run(phases.advance, page=page, confirmed="", typing=2)
        assert (asked.value.key, asked.value.count) == ("still_typing", 2)
        assert (await world.question()).phase == Phase.COLLECT
        await world.run(phases.advance, page=page, confirmed="still_typing", typing=2)
        assert (await world.question()).phase == Phase.CLUSTER


async def test_nobody_types_so_nothing_is_asked(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.run(phases.advance, page=await world.page(), confirmed="", typing=0)
        assert (await world.question()).phase == Phase.CLUSTER


async def test_who_types_keeps_no_step_waiting_but_the_close_of_collecting(tmp_path):
    async with a_world(tmp_path, questions=(QuestionSettings("?", phases=WITHOUT_VOTE),)) as world:
        await world.run(phases.advance, page=await world.page(), confirmed="", typing=5)
        await world.advance()
        await world.run(phases.advance, page=await world.page(), confirmed="", typing=5)
        assert (await world.question()).phase == Phase.RESULT


async def test_a_vote_right_after_collecting_asks_both_and_does_nothing_before(tmp_path):
    guided = QuestionSettings("?", phases=("collect", "vote", "result"), themes=("Groen", "Rood"))
    async with a_world(tmp_path, questions=(guided,)) as world:
        await world.advance()
        page, asked = await world.page(), []
        for confirmed in ("", "still_typing_last_minute"):
            with pytest.raises(ConfirmationNeeded) as needed:
                await world.run(phases.advance, page=page, confirmed=confirmed, typing=3)
            asked.append(needed.value.key)
        assert asked == ["still_typing_last_minute", "start_vote"]
        assert (await world.question()).phase == Phase.COLLECT
        await world.run(phases.advance, page=page, confirmed="start_vote", typing=3)
        assert (await world.question()).phase == Phase.VOTE


async def test_there_is_no_second_vote_when_all_themes_were_taken_off_since(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Samenwerking")
        await world.advance_to(Phase.RESULT)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(themes.remove, page=await world.page(), moderator_id=world.moderator, theme_id=theme)
        await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
        with pytest.raises(Refusal) as refused:
            await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        assert refused.value.reason == Reason.NO_THEMES_TO_VOTE_ON
        assert (await world.question()).phase == Phase.RESULT


async def test_the_close_keeps_how_firm_the_top_is_and_how_far_ballots_are_apart(tmp_path):
    async with a_world(tmp_path, seats=12) as world:
        themes_made = await a_vote_on(world, "Samenwerking", "Korte lijnen")
        for number, seat in enumerate(world.seats):
            await world.vote(seat, {themes_made[0]: 3} if number < 8 else {themes_made[1]: 1})
        await world.advance()
        vote, counted = await last_vote(world)
        assert vote.stable is True
        assert [theme.spread for theme in counted] == [1.5, 0.5]


async def test_below_ten_ballots_the_close_keeps_nothing_that_single_ballots_tell(tmp_path):
    async with a_world(tmp_path, seats=9) as world:
        themes_made = await a_vote_on(world, "Samenwerking", "Korte lijnen")
        for number, seat in enumerate(world.seats):
            await world.vote(seat, {themes_made[number % 2]: 2})
        await world.advance()
        vote, counted = await last_vote(world)
        assert vote.ballots == 9 and vote.stable is None
        assert [theme.spread for theme in counted] == [None, None]


async def a_vote_on(world, *names):
    await world.advance_to(Phase.CLUSTER)
    made = [await world.make_theme(name) for name in names]
    await world.advance()
    return made


async def last_vote(world):
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, (await world.question()).id)
        return vote, await questions.themes_of_round(db, vote.id)
