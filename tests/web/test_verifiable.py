"""A vote that anyone can verify at the doors: announced, its code told to nobody else, and switched on beforehand."""

import re

import pytest
from sqlmodel import select

from app.commands import agenda
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.domain.refusals import Reason
from app.domain.verification import FEWEST_TO_TELL, code_of, hash_secret
from app.store import questions
from app.store.tables import Ballot
from app.web import sentences
from tests.promises.verifying import open_verifiable
from tests.world import POSITIVE, a_world

pytestmark = pytest.mark.anyio
SECRET = "c" * 32
ANNOUNCED = "waarmee u ook aan een ander kunt bewijzen hoe u stemde"


async def page_of(world, seat=0):
    async with world.phone(world.seats[seat]) as phone:
        return (await phone.get(f"/s/{(await world.row()).code}")).text


async def test_phones_say_it_in_every_phase_before_the_vote_and_during_it(tmp_path):
    async with a_world(tmp_path, questions=(QuestionSettings(POSITIVE, verifiable=True),)) as world:
        for phase in (Phase.COLLECT, Phase.CLUSTER):
            await world.advance_to(phase)
            assert ANNOUNCED in await page_of(world)
        await world.make_theme("Groen")
        await world.advance()
        assert ANNOUNCED in await page_of(world) and "data-code-round" in await page_of(world)


async def test_phones_of_any_other_question_say_nothing_of_it(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Groen")
        for _ in range(3):
            page = await page_of(world)
            assert ANNOUNCED not in page and "data-code-round" not in page and "data-verifiable" not in page
            await world.advance()


async def test_switched_on_while_people_write_it_reaches_open_phones(tmp_path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await world.advance()
        question = await world.question()
        seq = (await world.row()).seq
        wanted = QuestionSettings(POSITIVE, verifiable=True)
        await world.run(agenda.change_question, question_id=question.id, settings=wanted, seq=seq)
        pushed = (await phone.get(f"/s/{(await world.row()).code}/screen?since={seq}")).text
        assert re.search(r'id="verifiable-soon" data-live>\s*<p[^>]*>.*' + ANNOUNCED, pushed, re.DOTALL)


async def test_the_code_is_in_the_answer_to_the_secret_until_the_close_and_nowhere_else(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        path, code = f"/s/{(await world.row()).code}/allocation", code_of(hash_secret(SECRET))
        async with world.phone(world.seats[0]) as phone:
            body = {"round": vote.id, "revision": 1, "points": {str(theme): 1}, "secret": SECRET}
            answer = await phone.post(path, json=body)
            assert (answer.json()["code"], answer.headers["cache-control"]) == (code, "no-store")
            own = await phone.get(f"{path}?round={vote.id}")
            assert "code" not in own.json() and len(own.content) == len(answer.content) == 512
            assert (await phone.post(path, json=body)).json()["code"] == code
            await world.advance()
            assert code not in (await phone.post(path, json=body)).text


async def test_an_odd_secret_is_answered_with_what_to_do(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        async with world.phone(world.seats[0]) as phone:
            body = {"round": vote.id, "revision": 1, "points": {str(theme): 1}, "secret": "kort"}
            answer = await phone.post(f"/s/{(await world.row()).code}/allocation", json=body)
        assert answer.status_code == 422 and answer.json()["refusal"] == Reason.BALLOT_SECRET_MALFORMED
        assert "staan nog op deze telefoon" in answer.json()["message"]
        assert Reason.BALLOT_SECRET_MALFORMED in sentences.SENTENCES


async def test_a_plain_form_gives_points_without_a_code(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        async with world.phone(world.seats[0]) as phone:
            form = {"round": vote.id, "revision": 0, f"points-{theme}": 0, "give": theme, "secret": SECRET}
            path = f"/s/{(await world.row()).code}"
            assert (await phone.post(f"{path}/allocation", data=form)).status_code == 303
            assert "code" not in (await phone.get(f"{path}/allocation?round={vote.id}")).json()
            async with world.parts.database.reader() as db:
                assert (await db.exec(select(Ballot.secret_hash))).all() == [None]


async def test_below_ten_ballots_phones_say_that_the_code_is_of_no_use(tmp_path):
    async with a_world(tmp_path) as world:
        theme, _ = await open_verifiable(world)
        for seat in world.seats[:9]:
            await world.vote(seat, {theme: 1})
        await world.advance()
        page = await page_of(world)
        assert f"Minder dan {FEWEST_TO_TELL} mensen gaven punten" in page and "data-code-round" not in page


async def test_the_dialog_has_the_switch_as_the_question_has_it_and_keeps_it_after_a_refusal(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Groen")
        page = await world.page()
        shown = {"phase": "cluster", "question": page.question_id, "seq": page.seq}
        advance = f"/sessions/{world.session}/next"
        switch = r'name="verifiable" value="1"[^>]*checked'
        assert not re.search(switch, (await laptop.post(advance, data=shown)).text)
        typed = {**shown, "confirmed": "start_vote", "budget": "0", "verifiable": "1"}
        asked = (await laptop.post(advance, data=typed)).text
        assert re.search(switch, asked) and asked.count('name="verifiable"') == 1
        await laptop.post(advance, data={**typed, "budget": "3"})
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, page.question_id)
        assert (vote.budget, vote.verifiable) == (3, True)
        assert "Iedereen kan de uitslag narekenen" in (await laptop.get(f"/sessions/{world.session}/control-room")).text
