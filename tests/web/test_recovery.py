"""Moving on to another device with a recovery code: to the right seat, slowly for who guesses, and told to nobody."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import httpx
import pytest

from app.commands import participants, sessions
from app.domain import anonymity
from app.store import people
from app.web import recovery
from app.web.limits import TypedCodes
from tests.world import Seat, World, a_world

pytestmark = pytest.mark.anyio
WRONG = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def no_wrong_codes_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "typed_codes", TypedCodes())


def code_of(seat: Seat) -> str:
    return str(anonymity.recovery_code(seat.token))


async def shown_code(world: World, client: httpx.AsyncClient) -> str:
    """The code as the page shows it when it is asked for."""
    answer = await client.post(f"/s/{(await world.row()).code}/move")
    assert answer.headers["cache-control"] == "no-store"
    block = answer.text.split('class="recovery-code"')[1].split("</p>")[0]
    return " ".join(re.findall(r"<span>(\w{4})</span>", block))


async def type_code(client: httpx.AsyncClient, typed: str) -> httpx.Response:
    return await client.post("/recover", data={"recovery": typed}, follow_redirects=True)


async def seats(world: World) -> int:
    async with world.parts.database.reader() as db:
        return await people.seats(db, world.session)


async def test_the_code_that_one_device_shows_brings_its_seat_to_another(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as old, world.phone() as new:
        answer = await type_code(new, (await shown_code(world, old)).lower())
        assert answer.status_code == 200
        assert str(answer.url).endswith(f"/s/{(await world.row()).code}")
        assert new.cookies["seat"] == world.seats[0].token
        assert await seats(world) == len(world.seats)
        assert (await old.get(str(answer.url))).status_code == 200


async def test_points_follow_and_count_on_from_the_highest_revision(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        await world.advance()
        await world.advance()
        theme = await world.make_theme("Samenwerking")
        await world.advance("start_vote")
        await world.vote(world.seats[0], {theme: 2}, revision=7)
        page = await type_code(new, code_of(world.seats[0]))
        vote = re.findall(r'data-round="(\d+)"', page.text)[0]
        own = (await new.get(f"{page.url}/allocation?round={vote}")).json()
        assert own == {"revision": 7, "points": {str(theme): 2}, "ready": None}
        stale = {"round": int(vote), "revision": 7, "points": {str(theme): 1}}
        assert (await new.post(f"{page.url}/allocation", json=stale)).json()["points"] == {str(theme): 2}


async def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        answer = await type_code(new, WRONG)
        assert answer.status_code == 404
        assert f'value="{WRONG}"' in answer.text
        assert "Deze herstelcode kennen we niet." in answer.text
        assert "seat" not in new.cookies


async def test_a_code_of_the_wrong_length_is_told_how_long_it_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        answer = await type_code(new, code_of(world.seats[0])[:-1])
        assert answer.status_code == 422
        assert "16 letters en cijfers" in answer.text


@pytest.mark.parametrize("door_path", ["/recover", "/s/{code}/recover"])
async def test_after_ten_wrong_codes_the_right_one_waits_as_a_wrong_one_does(tmp_path: Path, door_path: str) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        path = door_path.format(code=(await world.row()).code)
        for _ in range(11):
            await new.post(path, data={"recovery": WRONG})
        started = time.monotonic()
        answer = await new.post(path, data={"recovery": code_of(world.seats[0])})
        assert answer.status_code in (303, 307)
        assert time.monotonic() - started > 0.5


async def test_when_too_many_wait_the_page_says_so_before_anything_is_looked_up(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:

        async def guess(number: int) -> httpx.Response:
            async with world.phone() as client:
                return await type_code(client, f"{number:016}")

        for number in range(10):
            await guess(number)
        answers = await asyncio.gather(*(guess(number) for number in range(10, 24)))
        assert {answer.status_code for answer in answers} == {404, 429}


async def test_wrong_recovery_codes_keep_nobody_from_joining(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, real = [], TypedCodes.seconds_to_wait

    def note(codes: TypedCodes, address: str) -> float | None:
        waits.append(real(codes, address))
        return waits[-1]

    async with a_world(tmp_path) as world, world.phone() as guessing, world.phone() as joining:
        for _ in range(12):
            await guessing.post("/recover", data={"recovery": WRONG})
        monkeypatch.setattr(TypedCodes, "seconds_to_wait", note)
        answer = await joining.post("/", data={"code": (await world.row()).code}, follow_redirects=True)
        assert answer.status_code == 200
        assert waits == [0.0]


async def test_a_closed_door_lets_a_seat_move_since_nobody_new_comes_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        await world.run(sessions.set_door, is_open=False)
        assert (await type_code(new, code_of(world.seats[0]))).status_code == 200
        assert await seats(world) == len(world.seats)


async def test_after_the_end_a_code_is_neither_shown_nor_taken(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as old, world.phone() as new:
        code = (await world.row()).code
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        for answer in (
            await old.get(f"/s/{code}/move"),
            await old.post(f"/s/{code}/move"),
            await type_code(new, code_of(world.seats[0])),
        ):
            assert answer.status_code == 409
            assert "Deze sessie is afgelopen." in answer.text
            assert code_of(world.seats[0])[:4] not in answer.text.replace(f'value="{code_of(world.seats[0])}"', "")


async def test_a_code_of_one_session_opens_no_other(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as new:
        answer = await new.post("/s/000000/recover", data={"recovery": code_of(world.seats[0])}, follow_redirects=True)
        assert str(answer.url).endswith(f"/s/{(await world.row()).code}")


async def test_a_device_that_has_a_seat_gets_the_other_one_beside_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=2) as world, world.phone() as device:
        code = (await world.row()).code
        for seat in world.seats:
            await type_code(device, code_of(seat))
        held = {cookie.path: cookie.value for cookie in device.cookies.jar}
        assert held == {f"/s/{code}": world.seats[0].token, f"/2/s/{code}": world.seats[1].token}
        again = await type_code(device, code_of(world.seats[0]))
        assert str(again.url).endswith(f"/s/{code}") and "/2/" not in str(again.url)


async def test_a_seat_of_before_there_were_codes_goes_on_and_is_told_that_it_has_none(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(Seat("hTq-Xb0Z3nqvLk2_s9Yw8aPc")) as old:
        await world.run(participants.join, participant=anonymity.hash_token("hTq-Xb0Z3nqvLk2_s9Yw8aPc"))
        code = (await world.row()).code
        assert (await old.get(f"/s/{code}")).status_code == 200
        answer = await old.post(f"/s/{code}/move")
        assert "voordat er herstelcodes waren" in answer.text
        assert "recovery-code" not in answer.text


async def test_looking_at_the_page_shows_no_code_and_a_stranger_gets_none(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as own, world.phone() as stranger:
        code = (await world.row()).code
        assert "recovery-code" not in (await own.get(f"/s/{code}/move")).text
        answer = await stranger.post(f"/s/{code}/move")
        assert answer.status_code == 401


async def test_the_qr_holds_the_code_behind_the_sign_that_no_browser_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(recovery.qr, "draw", lambda address: drawn.append(address) or "")
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as own:
        monkeypatch.setattr(type(world.parts.settings), "is_loopback", False)
        await own.post(f"/s/{(await world.row()).code}/move")
        assert drawn == [f"{world.parts.settings.base_url}/recover#{code_of(world.seats[0])}"]
