"""Questions: added, changed, ordered, removed; and a follow-up question about carried themes."""

import pytest

from app.commands import agenda
from app.commands.agenda import Carried
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.store import questions, themes
from tests.world import POSITIVE, a_world, make_world

pytestmark = pytest.mark.anyio


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def texts(world):
    async with world.parts.database.reader() as db:
        return [question.text for question in await questions.of_session(db, world.session)]


async def change(world, seq=None, **settings):
    question = await world.question(1)
    seq = (await world.row()).seq if seq is None else seq
    settings = QuestionSettings(**{"text": POSITIVE, **settings})
    return await world.run(agenda.change_question, question_id=question.id, settings=settings, seq=seq)


async def test_questions_are_moved_and_removed_and_numbered_anew(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        third = await world.run(agenda.add_question, settings=QuestionSettings("Drie?"))
        await world.run(agenda.move_question, question_id=third, step=-1, seq=(await world.row()).seq)
        assert await texts(world) == [POSITIVE, "Drie?", "Wat zijn de knelpunten?"]
        second = (await world.question(2)).id
        await world.run(agenda.remove_question, question_id=second, seq=(await world.row()).seq)
        assert await texts(world) == [POSITIVE, "Wat zijn de knelpunten?"]
        assert [(await world.question(number)).position for number in (1, 2)] == [0, 1]


async def test_a_moved_question_is_not_moved_again_by_a_page_that_did_not_see_it(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        second, seq = (await world.question(2)).id, (await world.row()).seq
        await world.run(agenda.move_question, question_id=second, step=-1, seq=seq)
        again = world.run(agenda.move_question, question_id=second, step=1, seq=seq)
        assert await refusal(again) == Reason.PAGE_IS_STALE


async def test_the_text_stands_from_the_first_statement_on(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await change(world, text="Anders?")
        await world.write(world.seats[0], "een")
        assert await refusal(change(world, text="Weer anders?")) == Reason.QUESTION_IS_FIXED
        assert await refusal(change(world, text="Anders?", max_length=280)) == Reason.QUESTION_IS_FIXED
        await change(world, text="Anders?", budget=5)


async def test_participants_see_each_other_from_before_the_first_statement_or_not_at_all(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await change(world, statements_on_phones=True)
        assert (await world.question(1)).statements_on_phones
        await world.write(world.seats[0], "een")
        assert await refusal(change(world, statements_on_phones=False)) == Reason.QUESTION_IS_FIXED
        assert (await world.question(1)).statements_on_phones


async def test_the_budget_stands_from_the_opening_of_the_vote(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await change(world, budget=5)
        await world.make_theme("een")
        await world.advance()
        assert await refusal(change(world, budget=6)) == Reason.QUESTION_IS_FIXED
        assert (await world.question()).budget == 5


async def test_a_change_on_a_page_that_did_not_see_the_last_one_is_refused(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        seq = (await world.row()).seq
        await change(world, seq, text="Eerst?")
        assert await refusal(change(world, seq, text="Dan?")) == Reason.PAGE_IS_STALE
        assert (await texts(world))[0] == "Eerst?"
        await change(world, seq, text="Eerst?")


async def test_a_question_that_has_had_its_turn_is_not_removed_or_moved(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        first, seq = (await world.question(1)).id, (await world.row()).seq
        removing = world.run(agenda.remove_question, question_id=first, seq=seq)
        assert await refusal(removing) == Reason.QUESTION_IS_FIXED
        second = (await world.question(2)).id
        await world.run(agenda.move_question, question_id=second, step=-1, seq=seq)
        assert (await texts(world))[0] == POSITIVE


async def test_a_question_of_another_session_is_unknown(tmp_path):
    async with a_world(tmp_path) as world:
        theirs = (await (await make_world(world.app)).question(1)).id
        removing = world.run(agenda.remove_question, question_id=theirs, seq=99)
        assert await refusal(removing) == Reason.QUESTION_UNKNOWN


async def to_the_result(world):
    await world.advance_to(Phase.CLUSTER)
    made = [await world.make_theme(name) for name in ("Samenwerking", "Veiligheid")]
    await world.advance_to(Phase.RESULT)
    return made


async def follow_up(world, carried, page=None):
    page = page or await world.page()
    settings = QuestionSettings("Hoe pakken we dit aan?", phases=WITHOUT_VOTE)
    return await world.run(agenda.add_follow_up, page=page, settings=settings, carried=carried)


async def test_carried_themes_go_with_new_names_into_the_very_next_question(tmp_path):
    async with a_world(tmp_path) as world:
        one, two = await to_the_result(world)
        made = await follow_up(world, [Carried(two, "Veilig"), Carried(one, "Samen")])
        assert (await texts(world))[1] == "Hoe pakken we dit aan?"
        async with world.parts.database.reader() as db:
            carried = await themes.of_question(db, made)
        assert [(theme.name, theme.carried_from, theme.letter) for theme in carried] == [
            ("Veilig", two, "A"),
            ("Samen", one, "B"),
        ]
        await world.advance()
        question = await world.question()
        assert question.id == made and questions.phases_of(question) == (Phase.COLLECT, Phase.CLUSTER, Phase.RESULT)


async def test_a_double_click_makes_one_follow_up(tmp_path):
    async with a_world(tmp_path) as world:
        one, _ = await to_the_result(world)
        page = await world.page()
        await follow_up(world, [Carried(one, "Samen")], page)
        assert await refusal(follow_up(world, [Carried(one, "Samen")], page)) == Reason.PAGE_IS_STALE
        assert len(await texts(world)) == 3


async def test_a_follow_up_needs_themes_of_this_session_and_a_result(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        theirs, _ = await to_the_result(other)
        await world.advance()
        assert await refusal(follow_up(world, [Carried(theirs, "x")])) == Reason.NOT_IN_THIS_PHASE
        await to_the_result(world)
        assert await refusal(follow_up(world, [])) == Reason.NO_THEMES_TO_CARRY
        assert await refusal(follow_up(world, [Carried(theirs, "x")])) == Reason.THEME_UNKNOWN
        assert len(await texts(world)) == 2


async def test_an_item_goes_to_the_place_where_it_is_dropped(tmp_path):
    async with a_world(tmp_path, opened=False) as world:
        third = await world.run(agenda.add_question, settings=QuestionSettings("Drie?"))
        await world.run(agenda.place_question, question_id=third, place=0, seq=(await world.row()).seq)
        assert await texts(world) == ["Drie?", POSITIVE, "Wat zijn de knelpunten?"]
        await world.run(agenda.place_question, question_id=third, place=99, seq=(await world.row()).seq)
        assert await texts(world) == [POSITIVE, "Wat zijn de knelpunten?", "Drie?"]


async def test_nothing_is_dropped_before_what_has_had_its_turn(tmp_path):
    async with a_world(tmp_path) as world:
        third = await world.run(agenda.add_question, settings=QuestionSettings("Drie?"))
        await world.advance()
        await world.run(agenda.place_question, question_id=third, place=0, seq=(await world.row()).seq)
        assert await texts(world) == [POSITIVE, "Drie?", "Wat zijn de knelpunten?"]
        begun = (await world.question(1)).id
        moved = world.run(agenda.place_question, question_id=begun, place=2, seq=(await world.row()).seq)
        assert await refusal(moved) == Reason.QUESTION_IS_FIXED
