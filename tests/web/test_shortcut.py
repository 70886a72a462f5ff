"""Past the routing or through it: the doors of the storm say the same to whoever comes, and as strictly."""

import asyncio

import pytest

from app.domain.phases import Phase
from app.store import questions
from app.web import phone
from tests.world import Seat, a_world

pytestmark = pytest.mark.anyio
# The first goes past the routing; the second is read as the same, and goes through it.
WAYS = ("application/json", "application/json; charset=utf-8")
RECEIPTS = ("ab" * 16, "cd" * 16)


async def both_ways(world, path, bodies, seat=None, raw=None):
    """Status, headers and what was said, each way; the bodies differ in nothing but their receipts."""
    heard = []
    code = (await world.row()).code
    for way, body in zip(WAYS, bodies, strict=True):
        async with world.phone(seat or world.seats[0], **{"Content-Type": way}) as own:
            kind = {"json": body} if raw is None else {"content": raw}
            answer = await own.post(f"/s/{code}{path}", **kind, headers={"Content-Type": way})
        heard.append((answer.status_code, dict(answer.headers), answer.json()))
    return heard


def statements(asked, **more):
    return [{"question": asked, "receipt": receipt, "revision": 1, "text": "een", **more} for receipt in RECEIPTS]


async def test_a_statement_is_answered_alike(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        short, long = await both_ways(world, "/statements", statements((await world.question()).id))
        assert short == long and short[0] == 201 and "content-security-policy" in short[1]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"text": ""}, 422),
        ({"text": None}, 422),
        ({"question": 999}, 404),
        ({"receipt": "x"}, 422),
        ({"theme": 9}, 409),
    ],
)
async def test_a_refusal_is_said_alike(tmp_path, more, status):
    async with a_world(tmp_path) as world:
        await world.advance()
        short, long = await both_ways(world, "/statements", statements((await world.question()).id, **more))
        assert short == long and short[0] == status and short[2]["message"]


async def test_an_allocation_is_answered_alike(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Samenwerking")
        await world.advance()
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        for points, status in [({str(theme): 1}, 200), ({str(theme): 99}, 422)]:
            body = {"round": vote.id, "revision": 1 if status == 200 else 2, "points": points}
            short, long = await both_ways(world, "/allocation", [body, body])
            assert short == long and short[0] == status


async def test_who_has_no_seat_is_told_so_alike(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        short, long = await both_ways(world, "/statements", statements((await world.question()).id), Seat())
        assert short == long and short[0] == 401


async def test_one_way_goes_past_the_routing_and_the_other_through_it(tmp_path, monkeypatch):
    routed, real = [], phone.known_seat

    async def note(request, code):
        routed.append("endpoint" in request.scope)
        return await real(request, code)

    monkeypatch.setattr(phone, "known_seat", note)
    async with a_world(tmp_path) as world:
        await world.advance()
        await both_ways(world, "/statements", statements((await world.question()).id))
    assert routed == [False, True]


@pytest.mark.parametrize("raw", [b"{", b"[]", b"", b"\xff"])
async def test_what_can_not_be_read_is_said_alike(tmp_path, raw):
    async with a_world(tmp_path) as world:
        short, long = await both_ways(world, "/statements", (None, None), raw=raw)
        assert short == long and short[0] == 422


async def test_what_was_not_foreseen_is_a_calm_answer_alike(tmp_path, monkeypatch):
    async def break_down(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(phone, "known_seat", break_down)
    async with a_world(tmp_path) as world:
        short, long = await both_ways(world, "/statements", statements(1))
        assert short == long and short[0] == 500 and "ZeroDivision" not in str(short)


async def test_a_neighbours_seat_finds_the_same_doors(tmp_path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as own:
        await world.advance()
        path = f"/2/s/{(await world.row()).code}/statements"
        assert (await own.post(path, json=statements((await world.question()).id)[0])).status_code == 201


async def test_a_full_writer_says_when_to_come_back(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        await world.advance()
        question = (await world.question()).id

        def full(_waiting):
            raise asyncio.QueueFull

        monkeypatch.setattr(world.parts.writer._queue, "put_nowait", full)
        heard = await both_ways(world, "/statements", statements(question))
        for status, headers, said in heard:
            assert status == 503 and int(headers["retry-after"]) >= 1 and said["refusal"] == "overloaded"
