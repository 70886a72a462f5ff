"""Getting in: by code, by QR link, sixty at once, and not by guessing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from app.commands import sessions
from app.store import people
from app.web import join, limits
from app.web.limits import TypedCodes, network_of
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def no_wrong_codes_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "typed_codes", TypedCodes())


async def code_of(world: World) -> str:
    code = (await world.row()).code
    assert code is not None
    return code


async def type_code(client: httpx.AsyncClient, code: str) -> httpx.Response:
    return await client.post("/", data={"code": code}, follow_redirects=True)


async def seats(world: World) -> int:
    async with world.parts.database.reader() as db:
        return await people.seats(db, world.session)


async def test_a_code_leads_to_the_session(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        answer = await type_code(client, await code_of(world))
        assert answer.status_code == 200
        assert "U bent binnen." in answer.text


async def test_spaces_in_a_code_do_not_count(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        code = await code_of(world)
        answer = await type_code(client, f" {code[:3]} {code[3:]} ")
        assert str(answer.url).endswith(f"/s/{code}")


async def test_a_wrong_code_keeps_what_was_typed_and_says_what_to_do(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        answer = await type_code(client, "48<2 95")
        assert answer.status_code == 404
        assert 'value="48&lt;2 95"' in answer.text
        assert "Zijn er twee cijfers verwisseld?" in answer.text
        assert 'aria-invalid="true"' in answer.text


async def test_who_comes_back_keeps_the_same_seat(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        code = await code_of(world)
        for _ in range(3):
            await type_code(client, code)
        assert await seats(world) == 1


async def test_the_seat_is_a_cookie_of_this_session_alone(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        row = await world.row()
        answer = await client.post(f"/s/{row.code}/join/{row.join_key}")
        cookie = answer.headers["set-cookie"]
        assert f"Path=/s/{row.code}" in cookie
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()


async def test_looking_at_a_link_takes_no_seat(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        row = await world.row()
        answer = await client.get(f"/j/{row.join_key}")
        assert 'name="code"' not in answer.text
        assert await seats(world) == 0


async def test_sixty_phones_behind_one_address_join_at_once(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world:
        code = await code_of(world)

        async def one() -> int:
            async with world.phone() as client:
                return (await type_code(client, code)).status_code

        assert await asyncio.gather(*(one() for _ in range(60))) == [200] * 60
        assert await seats(world) == 60


async def test_after_ten_wrong_codes_the_right_one_waits_its_turn_as_a_wrong_one_does(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        for _ in range(11):
            await type_code(client, "000000")
        started = time.monotonic()
        answer = await type_code(client, await code_of(world))
        assert answer.status_code == 200
        assert time.monotonic() - started > 0.5


async def test_codes_typed_at_the_same_moment_are_counted_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who waits in a queue is one a second, so that a short one does.
    monkeypatch.setattr(limits, "LONGEST_QUEUE_SECONDS", 1.0)
    async with a_world(tmp_path, seats=0) as world:
        looked_up = 0

        async def guess(number: int) -> str:
            async with world.phone() as client:
                return (await type_code(client, f"{number:06}")).text

        answers = await asyncio.gather(*(guess(number) for number in range(40)))
        looked_up = sum("verwisseld" in answer for answer in answers)
        told_to_wait = sum("QR" in answer and "verwisseld" not in answer for answer in answers)
        assert 10 <= looked_up <= 14
        assert looked_up + told_to_wait == 40


async def test_the_qr_link_is_never_limited(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as client:
        for _ in range(11):
            await type_code(client, "000000")
        row = await world.row()
        answer = await client.post(f"/s/{row.code}/join/{row.join_key}", follow_redirects=True)
        assert answer.status_code == 200


async def test_an_ended_session_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        code = await code_of(world)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        answer = await type_code(client, code)
        assert answer.status_code == 409
        assert "Deze sessie is afgelopen." in answer.text


async def test_the_link_of_an_ended_session_fills_in_its_code_so_that_a_device_finds_what_it_wrote(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        code, row = await code_of(world), await world.row()
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        answer = await client.get(f"/j/{row.join_key}")
        assert answer.status_code == 409
        assert "Deze sessie is afgelopen." in answer.text and f'value="{code}"' in answer.text


async def test_a_made_up_link_is_a_calm_page(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        for key in ("0", "x" * 3000, "%00", "'"):
            answer = await client.get(f"/j/{key}")
            assert answer.status_code == 404
            assert "<h1" in answer.text


async def test_odd_codes_are_wrong_codes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        for field in ("", " ", "12345", "1234567", "٤٨٢٩١٥", "4829-15; drop", "0" * 20_000):
            assert (await type_code(client, field)).status_code == 404


async def test_the_language_of_the_link_is_remembered(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        assert "Doe mee aan de sessie" in (await client.get("/")).text
        answer = await client.get("/language/en?back=/privacy", follow_redirects=True)
        assert str(answer.url).endswith("/privacy")
        assert "Join the session" in (await client.get("/")).text


async def test_the_language_link_leads_nowhere_else(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
            answer = await client.get("/language/en", params={"back": back})
            assert answer.headers["location"] == "/"


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_pages_without_a_session_are_there_in_both_languages(tmp_path: Path, language: str) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        for path in ("/", "/privacy", "/accessibility"):
            answer = await client.get(path, headers={"Accept-Language": language})
            assert f'<html lang="{language}"' in answer.text


def test_an_ipv6_network_counts_as_one() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2")
    assert network_of("192.0.2.1") != network_of("192.0.2.2")


def test_an_ipv4_address_written_as_ipv6_counts_for_itself() -> None:
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
    assert network_of("::ffff:192.0.2.1") != network_of("::ffff:192.0.2.2")


async def test_an_address_gets_ten_guesses_in_ten_minutes_and_then_one_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit, now = TypedCodes(), 1000.0
    monkeypatch.setattr(limits.time, "monotonic", lambda: now)
    looked_up = 0
    for _ in range(600):
        wait = limit.seconds_to_wait("192.0.2.1")
        if wait is not None:
            looked_up += 1
            limit.was_wrong("192.0.2.1")
        now += 0.1
    # Ten at once; in the minute one a second, and those that wait in line.
    assert 10 + 59 <= looked_up <= 10 + 60 + limits.LONGEST_QUEUE_SECONDS + 1
    assert limit.seconds_to_wait("192.0.2.2") == 0.0


def test_networks_whose_turn_is_over_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, now = TypedCodes(), 1000.0
    monkeypatch.setattr(limits, "MOST_NETWORKS", 5)
    monkeypatch.setattr(limits.time, "monotonic", lambda: now)
    for number in range(20):
        for _ in range(10):
            limit.was_wrong(f"192.0.2.{number}")
        assert limit.seconds_to_wait(f"192.0.2.{number}") is not None
        now += 2.0
    assert len(limit._next_turn) <= 7
