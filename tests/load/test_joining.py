"""A full hall behind one address, against a real server process: everybody gets in, by code and by link."""

from __future__ import annotations

import asyncio
import itertools
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.server import Server
from tests.world import EMAIL, PASSWORD

pytestmark = pytest.mark.anyio
PEOPLE = 300


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def way_in(server: Server) -> AsyncIterator[tuple[str, str]]:
    """The code and the join key of an open session."""
    async with httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}) as laptop:
        account = {"name": "De moderator", "email": EMAIL, "password": PASSWORD}
        await laptop.post(server.set_up_link, data=account)
        fields = {"title": "Bewonersavond", "held_on": "2026-11-23", "language": "nl", "template": "evaluation"}
        made = await laptop.post("/sessions", data=fields)
        number = re.search(r"/sessions/(\d+)", made.headers["location"])
        assert number is not None
        await laptop.post(f"/sessions/{number[1]}/open")
    with sqlite3.connect(server.data / "moderato.db") as db:
        yield db.execute("SELECT code, join_key FROM moderation_session").fetchone()


def seats(server: Server) -> int:
    with sqlite3.connect(server.data / "moderato.db") as db:
        return int(db.execute("SELECT count(*) FROM participant").fetchone()[0])


async def at_once(server: Server, join: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]) -> list[int]:
    """What each of PEOPLE phones got in the end, all of them having pressed at the same moment."""

    async def one() -> int:
        headers = {"Origin": server.url, "Accept-Language": "nl"}
        # Without certificates, which plain http needs none of and which three hundred would read for seconds.
        options = {"timeout": 60, "follow_redirects": True, "verify": False}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, **options) as phone:
            answer = await join(phone)
            while answer.status_code == 503:
                # So many at once on a machine that does other things too: who is told to wait comes back.
                await asyncio.sleep(float(answer.headers["Retry-After"]))
                answer = await phone.get(answer.url)
            assert "U bent binnen." in answer.text
            return answer.status_code

    started = time.monotonic()
    answers = await asyncio.gather(*(one() for _ in range(PEOPLE)))
    # Not asserted, since machines differ; `pytest -s` shows it, docs/performance.md has it.
    print(f"\n{PEOPLE} joined in {time.monotonic() - started:.1f} s")
    return answers


async def test_three_hundred_phones_behind_one_address_get_in_by_code(server: Server, way_in: tuple[str, str]) -> None:
    code, _ = way_in
    assert await at_once(server, lambda phone: phone.post("/", data={"code": code})) == [200] * PEOPLE
    assert seats(server) == PEOPLE


async def test_three_hundred_get_in_by_the_link_while_the_codes_of_their_address_wait(
    server: Server, way_in: tuple[str, str]
) -> None:
    code, key = way_in
    headers = {"Origin": server.url, "Accept-Language": "nl"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers) as guesser:
        for _ in range(10):
            assert (await guesser.post("/", data={"code": "000000"})).status_code == 404
        waiting = [asyncio.create_task(guesser.post("/", data={"code": "000000"})) for _ in range(20)]
        # Its queue is full: what is typed there now is told to wait.
        assert 429 in [(await one).status_code for one in itertools.islice(asyncio.as_completed(waiting), 12)]

        async def by_link(phone: httpx.AsyncClient) -> httpx.Response:
            assert (await phone.get(f"/j/{key}")).status_code == 200
            return await phone.post(f"/s/{code}/join/{key}")

        assert await at_once(server, by_link) == [200] * PEOPLE
        assert seats(server) == PEOPLE
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
