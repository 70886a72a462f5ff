"""Ballot secrets: one for a ballot whatever is changed, none where nobody can verify, and no two under one code."""

import asyncio
import secrets

import pytest
from sqlmodel import select

from app.commands import agenda, phases
from app.commands.pages import Page
from app.domain.agenda import QuestionSettings
from app.domain.ballots import VoteTerms
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.verification import code_of, hash_secret
from app.store import questions
from app.store.tables import Ballot
from tests.promises.verifying import last_vote, open_verifiable
from tests.world import POSITIVE, a_world

pytestmark = pytest.mark.anyio
ONE, OTHER = "a" * 32, "b" * 32
CODE = code_of(hash_secret(ONE))


async def stored(world):
    async with world.parts.database.reader() as db:
        return {ballot.secret_hash for ballot in (await db.exec(select(Ballot))).all()}


async def test_the_answer_tells_the_code_of_the_secret(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        answer = await world.vote(world.seats[0], {theme: 2}, secret=ONE)
        assert answer == {"revision": 1, "points": {str(theme): 2}, "code": CODE}
        assert await stored(world) == {hash_secret(ONE)}


async def test_a_changed_vote_keeps_its_first_secret_whichever_tab_or_device_changes_it(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        voter = world.seats[0]
        await world.vote(voter, {theme: 2}, 1, secret=ONE)
        answers = [
            await world.vote(voter, {theme: 1}, revision, secret) for revision, secret in ((2, OTHER), (3, None))
        ]
        assert [answer["code"] for answer in answers] == [None, None] and await stored(world) == {hash_secret(ONE)}
        assert (await world.vote(voter, {theme: 1}, 3, ONE))["code"] == CODE


async def test_what_is_sent_again_with_its_secret_is_answered_with_the_same_code(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        answers = [await world.vote(world.seats[0], {theme: 2}, 1, secret) for secret in (ONE, ONE, OTHER, None)]
        assert [answer["code"] for answer in answers] == [CODE, CODE, None, None]
        assert await stored(world) == {hash_secret(ONE)}


async def test_points_given_before_the_scripts_came_get_a_code_with_the_next_change(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        assert (await world.vote(world.seats[0], {theme: 2}, 1))["code"] is None
        assert (await world.vote(world.seats[0], {theme: 1}, 2, secret=ONE))["code"] == CODE


async def test_a_second_ballot_under_the_same_secret_counts_without_a_code_also_in_the_same_moment(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        answers = await asyncio.gather(*(world.vote(seat, {theme: 1}, secret=ONE) for seat in world.seats[:3]))
        late = await world.vote(world.seats[3], {theme: 1}, secret=ONE)
        codes = [answer["code"] for answer in (*answers, late)]
        assert sorted(codes, key=str) == [CODE, None, None, None] and late["points"] == {str(theme): 1}


@pytest.mark.parametrize("secret", ["kort", 5, ["x"], {}, True, "A" * 32])
async def test_a_secret_that_no_device_makes_is_refused_and_the_vote_before_stands(tmp_path, secret):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        await world.vote(world.seats[0], {theme: 2}, 1, secret=ONE)
        with pytest.raises(Refusal) as refused:
            await world.vote(world.seats[0], {theme: 1}, 2, secret=secret)
        assert refused.value.reason == Reason.BALLOT_SECRET_MALFORMED
        assert (await world.vote(world.seats[0], {}, 1))["points"] == {str(theme): 2}


async def test_a_secret_to_another_vote_is_not_even_looked_at(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Groen")
        await world.advance()
        for revision, secret in enumerate((ONE, "kort", 5), 1):
            answer = await world.vote(world.seats[0], {theme: 1}, revision, secret)
            assert answer == {"revision": revision, "points": {str(theme): 1}}
        assert await stored(world) == {None}


async def test_a_ballot_that_gives_nothing_any_more_is_not_told_and_keeps_no_secret(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        for seat in world.seats:
            await world.vote(seat, {theme: 1}, 1, secrets.token_hex(16))
        await world.vote(world.seats[0], {}, 2)
        await world.advance()
        vote = await last_vote(world)
        assert vote.ballots == len(vote.each) == 11 and None in await stored(world)


async def test_the_setting_of_the_question_is_proposed_and_the_dialog_decides(tmp_path):
    settings = QuestionSettings(POSITIVE, phases=("vote", "result"), themes=("Groen", "Veilig"), verifiable=True)
    async with a_world(tmp_path, questions=(settings, settings)) as world:
        with pytest.raises(ConfirmationNeeded) as needed:
            await world.advance("")
        assert needed.value.proposal.terms == VoteTerms(3, None, verifiable=True)
        await world.advance()
        async with world.parts.database.reader() as db:
            assert (await questions.last_round(db, (await world.question()).id)).verifiable
        await world.advance()
        await world.run(
            phases.advance, page=await world.page(), confirmed="start_vote", agreed=VoteTerms(3, verifiable=False)
        )
        async with world.parts.database.reader() as db:
            assert not (await questions.last_round(db, (await world.question()).id)).verifiable


async def test_it_stands_from_the_moment_the_vote_opens_and_for_a_second_vote(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        question = await world.question()
        async with world.parts.database.reader() as db:
            stands = questions.settings_of(question, ())
        wanted = QuestionSettings(**{**vars(stands), "verifiable": not stands.verifiable})
        with pytest.raises(Refusal) as refused:
            await world.run(
                agenda.change_question, question_id=question.id, settings=wanted, seq=(await world.row()).seq
            )
        assert refused.value.reason == Reason.QUESTION_IS_FIXED
        await world.advance()
        page: Page = await world.page()
        await world.run(phases.vote_again, confirmed="vote_again", page=page)
        async with world.parts.database.reader() as db:
            again = await questions.last_round(db, question.id)
        assert (again.number, again.verifiable) == (2, True)


async def test_a_secret_is_of_one_round_and_another_one_may_begin_anew(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        for seat in world.seats:
            await world.vote(seat, {theme: 1}, 1, secrets.token_hex(16))
        await world.advance()
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        assert (await world.vote(world.seats[0], {theme: 1}, 1, ONE))["code"] == CODE
