"""Giving points: whole allocations, the highest revision stands, the budget holds whatever comes at once."""

import asyncio

import pytest
from sqlmodel import select

from app.commands import ballots, phases
from app.domain.agenda import QuestionSettings
from app.domain.anonymity import voter_key
from app.domain.ballots import VoteTerms
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import questions
from app.store.tables import Ballot
from tests.world import a_world, make_world

pytestmark = pytest.mark.anyio


async def to_the_vote(world, names=("Samenwerking", "Veiligheid")):
    await world.advance_to(Phase.CLUSTER)
    themes = [await world.make_theme(name) for name in names]
    await world.advance()
    return themes


async def cast(world):
    async with world.parts.database.reader() as db:
        return (await db.exec(select(Ballot))).all()


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def test_an_allocation_replaces_the_whole_one_before(tmp_path):
    async with a_world(tmp_path) as world:
        one, other = await to_the_vote(world)
        await world.vote(world.seats[0], {one: 2, other: 1}, 1)
        answer = await world.vote(world.seats[0], {other: 1}, 2)
        assert answer == {"revision": 2, "points": {str(other): 1}}
        assert [ballot.points for ballot in await cast(world)] == [{str(other): 1}]


async def test_an_older_allocation_is_answered_with_what_stands(tmp_path):
    async with a_world(tmp_path) as world:
        one, other = await to_the_vote(world)
        await world.vote(world.seats[0], {one: 3}, 5)
        assert await world.vote(world.seats[0], {other: 3}, 4) == {"revision": 5, "points": {str(one): 3}}


async def test_all_points_can_be_taken_back(tmp_path):
    async with a_world(tmp_path) as world:
        one, _ = await to_the_vote(world)
        await world.vote(world.seats[0], {one: 3}, 1)
        assert (await world.vote(world.seats[0], {}, 2))["points"] == {}


async def test_over_the_budget_is_refused_and_what_was_chosen_before_stands(tmp_path):
    async with a_world(tmp_path) as world:
        one, other = await to_the_vote(world)
        await world.vote(world.seats[0], {one: 1}, 1)
        assert await refusal(world.vote(world.seats[0], {one: 2, other: 2}, 2)) == Reason.OVER_BUDGET
        assert [ballot.points for ballot in await cast(world)] == [{str(one): 1}]


async def test_fifty_allocations_at_once_never_pass_the_budget_and_the_highest_revision_stands(tmp_path):
    async with a_world(tmp_path) as world:
        one, other = await to_the_vote(world)
        answers = await asyncio.gather(
            *(
                world.vote(seat, {one: revision % 5, other: (revision + 1) % 3}, revision)
                for revision in range(1, 51)
                for seat in world.seats[:2]
            ),
            return_exceptions=True,
        )
        assert all(isinstance(answer, dict | Refusal) for answer in answers)
        given = await cast(world)
        assert len(given) == 2 and all(sum(ballot.points.values()) <= 3 for ballot in given)
        best = max(revision for revision in range(1, 51) if revision % 5 + (revision + 1) % 3 <= 3)
        assert {ballot.revision for ballot in given} == {best}


async def test_fifty_people_at_once_all_count(tmp_path):
    async with a_world(tmp_path, seats=50) as world:
        one, _ = await to_the_vote(world)
        await asyncio.gather(*(world.vote(seat, {one: 1}) for seat in world.seats))
        await world.advance()
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
            figures = {theme.theme_id: theme.points for theme in await questions.themes_of_round(db, vote.id)}
        assert vote.ballots == 50 and figures[one] == 50


async def test_what_comes_after_the_close_is_not_counted_and_says_so(tmp_path):
    async with a_world(tmp_path) as world:
        one, _ = await to_the_vote(world)
        for seat in world.seats:
            await world.vote(seat, {one: 1})
        await world.advance()
        assert await refusal(world.vote(world.seats[0], {one: 3}, 9)) == Reason.VOTE_IS_CLOSED
        assert sum(sum(ballot.points.values()) for ballot in await cast(world)) == 4


async def test_after_the_close_no_ballot_has_the_key_of_a_seat_or_its_revision(tmp_path):
    async with a_world(tmp_path) as world:
        one, _ = await to_the_vote(world)
        for seat in world.seats:
            await world.vote(seat, {one: 1}, 7)
        await world.advance()
        given = await cast(world)
        keys = {voter_key(seat.token, given[0].round_id) for seat in world.seats}
        assert len(given) == 4 and not keys & {ballot.voter_key for ballot in given}
        assert {ballot.revision for ballot in given} != {7}


async def test_a_theme_made_in_another_session_is_refused(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await to_the_vote(world)
        (theirs,) = await to_the_vote(other, ("Elders",))
        assert await refusal(world.vote(world.seats[0], {theirs: 1})) == Reason.THEME_NOT_IN_VOTE


async def test_the_round_of_another_session_is_not_open_here(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        (theme,) = await to_the_vote(other, ("Elders",))
        async with world.parts.database.reader() as db:
            theirs = await questions.last_round(db, (await other.question()).id)
        points = {str(theme): 1}
        stray = world.run(ballots.allocate, voter_key="k", round_id=theirs.id, revision=1, points=points)
        assert await refusal(stray) == Reason.VOTE_NOT_OPEN


async def test_a_budget_that_cannot_be_spent_does_not_open_a_vote(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Alleen")
        await limit(world, 1)
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.advance()
        assert asked.value.proposal.refused.reason == Reason.BUDGET_CANNOT_BE_SPENT
        assert (await world.question()).phase == Phase.CLUSTER


async def test_automatic_points_are_proposed_for_the_themes_there_are_and_then_stand(tmp_path):
    async with a_world(tmp_path, questions=[QuestionSettings("Wat nu?", budget=None)]) as world:
        await world.advance_to(Phase.CLUSTER)
        for number in range(11):
            await world.make_theme(f"thema {number}")
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.advance(confirmed="")
        assert (asked.value.key, asked.value.proposal.terms.budget) == ("start_vote", 14)
        agreed = VoteTerms(6, 2)
        await world.run(phases.advance, page=await world.page(), confirmed="start_vote", agreed=agreed)
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        assert (vote.budget, vote.limit_per_theme) == (6, 2)


async def limit(world, most):
    async with world.parts.database.writer() as db, db.begin():
        question = await questions.by_id(db, world.session, (await world.question()).id)
        question.limit_per_theme = most
