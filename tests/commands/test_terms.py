"""What a moderator reads and agrees to before a vote, against a real database."""

import pytest

from app.commands import phases
from app.domain.agenda import QuestionSettings
from app.domain.ballots import VoteTerms
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import questions
from tests.world import a_world

pytestmark = pytest.mark.anyio
AUTOMATIC = QuestionSettings("Wat nu?", budget=None)
GIVEN = QuestionSettings("Wat eerst?", ("vote", "result"), budget=None, themes=("Groen", "Wonen", "Veiligheid"))


async def on_the_board(world, names=("Groen", "Wonen", "Veiligheid")):
    await world.advance_to(Phase.CLUSTER)
    for name in names:
        await world.make_theme(name)


async def asked(world, confirmed="", **arguments):
    with pytest.raises(ConfirmationNeeded) as needed:
        await world.run(phases.advance, page=await world.page(), confirmed=confirmed, **arguments)
    return needed.value.proposal


async def last_terms(world):
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, (await world.question()).id)
    return VoteTerms(vote.budget, vote.limit_per_theme)


async def test_the_moderators_own_points_stand_in_the_fields_beside_the_advice(tmp_path):
    async with a_world(tmp_path, [QuestionSettings("Wat nu?", budget=5)]) as world:
        await on_the_board(world)
        proposal = await asked(world)
        assert (proposal.terms, proposal.is_own) == (VoteTerms(5), True)
        assert proposal.advice.terms == VoteTerms(3, 2)


async def test_automatic_points_are_advised_for_who_is_connected_or_else_for_the_seats(tmp_path):
    async with a_world(tmp_path, [AUTOMATIC]) as world:
        await on_the_board(world, [f"thema {'abcdefghijkl'[number] * 4}" for number in range(12)])
        assert (await asked(world)).advice.participants == 4
        assert (await asked(world, connected=17)).terms == VoteTerms(4, 2)


async def test_the_agreed_terms_are_those_of_the_round_and_the_question_keeps_its_own(tmp_path):
    async with a_world(tmp_path, [QuestionSettings("Wat nu?", budget=5)]) as world:
        await on_the_board(world)
        page = await world.page()
        await world.run(phases.advance, page=page, confirmed="start_vote", agreed=VoteTerms(4, 2))
        question = await world.question()
        assert (await last_terms(world), question.budget, question.limit_per_theme) == (VoteTerms(4, 2), 5, None)
        await world.advance()
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        assert await last_terms(world) == VoteTerms(4, 2)


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (VoteTerms(0), Reason.SETTING_OUT_OF_RANGE),
        (VoteTerms(101), Reason.SETTING_OUT_OF_RANGE),
        (VoteTerms(4, 1), Reason.BUDGET_CANNOT_BE_SPENT),
        (Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=100), Reason.SETTING_OUT_OF_RANGE),
    ],
)
async def test_terms_that_can_not_be_taken_are_asked_again_and_nothing_starts(tmp_path, terms, reason):
    async with a_world(tmp_path) as world:
        await on_the_board(world)
        again = await asked(world, "start_vote", agreed=terms)
        assert again.refused.reason == reason
        assert (await world.question()).phase == Phase.CLUSTER


async def test_a_question_with_given_themes_that_begins_with_its_vote_asks_too(tmp_path):
    async with a_world(tmp_path, [GIVEN]) as world:
        proposal = await asked(world)
        assert (proposal.terms, proposal.on_board) == (VoteTerms(3, 2), False)
        await world.advance()
        assert (await world.question()).phase == Phase.VOTE


async def test_themes_that_look_alike_are_named_and_never_stop_a_vote(tmp_path):
    async with a_world(tmp_path) as world:
        await on_the_board(world, ("Samenwerking", "Groen", "samenwerken"))
        assert (await asked(world)).alike == (("Samenwerking", "samenwerken"),)
        await world.advance()
        assert len(await world.theme_ids()) == 3
