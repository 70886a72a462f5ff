"""The doors of proposals: as long whatever is said, clear about what is wrong, and open to who leads only."""

import json
import secrets

import pytest

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
ON = (QuestionSettings("Wat nu?", takes_proposals=True),)


async def grouping(world: World) -> list[str]:
    """Everybody wrote one statement, which the moderator groups; the receipts."""
    await world.advance()
    receipts = [secrets.token_hex(16) for _ in world.seats]
    for seat, receipt in zip(world.seats, receipts, strict=True):
        await world.write(seat, f"uitspraak {receipt[:4]}", receipt)
    await world.advance_to(Phase.CLUSTER)
    return receipts


async def propose(world, number, body):
    async with world.phone(world.seats[number]) as phone:
        return await phone.post(f"/s/{(await world.row()).code}/proposals", json=body)


async def fields(world, **values):
    page = await world.page()
    return {"phase": page.phase, "question": str(page.question_id), "seq": str(page.seq), **values}


async def test_the_answer_is_as_long_whatever_was_proposed(tmp_path):
    async with a_world(tmp_path, ON) as world:
        receipts = await grouping(world)
        theme = await world.make_theme("Groen")
        bodies = [{"theme": theme}, {"name": "Parkeren"}, {}, {"name": "x" * 120}]
        answers = [
            await propose(world, number, {"receipt": receipts[number], "revision": 1, **body})
            for number, body in enumerate(bodies)
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert len({len(answer.content) for answer in answers}) == 1
        assert all(answer.headers["cache-control"] == "no-store" for answer in answers)


@pytest.mark.parametrize(
    ("body", "status", "refusal"),
    [
        ({"name": "x" * 121}, 422, "text_too_long"),
        ({"name": " "}, 422, "text_missing"),
        ({"name": 7}, 422, "text_not_readable"),
        ({"name": "\ud800"}, 422, "text_not_readable"),
        ({"theme": "x"}, 422, "input_malformed"),
        ({"theme": 1, "name": "x"}, 422, "input_malformed"),
        ({"theme": 10**6}, 409, "theme_unknown"),
        ({"name": "x", "revision": 0}, 422, "revision_malformed"),
        ({"name": "x", "revision": "1"}, 422, "revision_malformed"),
        ({"name": "x", "receipt": None}, 422, "receipt_malformed"),
        ({"name": "x", "receipt": "ab" * 16}, 404, "receipt_unknown"),
    ],
)
async def test_what_can_not_be_taken_is_answered_clearly_and_changes_nothing(tmp_path, body, status, refusal):
    async with a_world(tmp_path, ON) as world:
        receipts = await grouping(world)
        await propose(world, 0, {"receipt": receipts[0], "revision": 1, "name": "Groen"})
        sent = {"receipt": receipts[0], "revision": 2, **body}
        async with world.phone(world.seats[0], **{"Content-Type": "application/json"}) as phone:
            answer = await phone.post(f"/s/{(await world.row()).code}/proposals", content=json.dumps(sent))
        assert (answer.status_code, answer.json()["refusal"]) == (status, refusal)
        assert answer.json()["message"]
        for number in (1, 2):
            await propose(world, number, {"receipt": receipts[number], "revision": 1, "name": "Groen"})
        async with world.laptop() as laptop:
            assert "Groen" in (await laptop.get(f"/sessions/{world.session}/control-room")).text


async def test_a_stranger_and_who_does_not_lead_are_kept_out(tmp_path):
    async with a_world(tmp_path, ON) as world:
        receipts = await grouping(world)
        code = (await world.row()).code
        async with world.phone() as stranger:
            body = {"receipt": receipts[0], "revision": 1, "name": "x"}
            answer = await stranger.post(f"/s/{code}/proposals", json=body, headers={"Accept": "application/json"})
            assert answer.status_code == 401
            for act in ("switch", "ignore", "restore"):
                path = f"/sessions/{world.session}/proposals/{act}"
                assert (await stranger.post(path, data=await fields(world))).status_code in (303, 401)
        assert (await world.question()).takes_proposals


async def test_the_moderator_switches_takes_over_puts_aside_and_shows_again(tmp_path):
    async with a_world(tmp_path, ON) as world:
        receipts = await grouping(world)
        for number in range(3):
            await propose(world, number, {"receipt": receipts[number], "revision": 1, "name": "Meer <groen>"})
        base = f"/sessions/{world.session}"
        chosen = [await world.statement_id(f"uitspraak {receipt[:4]}") for receipt in receipts[:3]]
        async with world.laptop(**{"HX-Request": "true"}) as laptop:
            page = (await laptop.get(f"{base}/control-room")).text
            assert "Thema van deelnemers" in page and "Meer &lt;groen&gt;" in page
            about = await fields(world, statement=chosen)
            aside = (await laptop.post(f"{base}/proposals/ignore", data=about)).text
            assert "Thema van deelnemers" not in aside and "3 indelingen weggelegd" in aside
            again = (await laptop.post(f"{base}/proposals/restore", data=await fields(world))).text
            assert "Thema van deelnemers" in again
            about = await fields(world, statement=chosen, name="Meer <groen>")
            taken = (await laptop.post(f"{base}/themes", data=about)).text
            assert "Thema van deelnemers" not in taken
            await laptop.post(f"{base}/proposals/switch", data=await fields(world))
            assert not (await world.question()).takes_proposals
            empty = await laptop.post(f"{base}/proposals/ignore", data=await fields(world))
            assert empty.status_code == 422
