"""A real server is killed in the middle of everything: what was acknowledged is there, once, and nothing else."""

from __future__ import annotations

import asyncio
import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from app.domain import anonymity, limits
from app.domain.phases import Phase
from tests.server import Server, free_port
from tests.world import Seat, a_world

pytestmark = pytest.mark.anyio


@dataclass
class Running:
    """A real server on a session that was prepared before, and its participants."""

    server: Server
    code: str
    session: int
    question: int
    themes: list[int]
    seats: list[Seat]
    sign_in: str

    async def post(self, client: httpx.AsyncClient, seat: Seat, rest: str, body: object) -> httpx.Response:
        return await client.post(
            f"{self.server.url}/s/{self.code}{rest}", json=body, headers={"Cookie": f"seat={seat.token}"}
        )

    def statement(self, number: int) -> dict[str, object]:
        receipt = f"{number:032x}"
        return {"question": self.question, "receipt": receipt, "revision": 1, "text": f"uitspraak {number}"}


@asynccontextmanager
async def a_server(tmp_path, phase: Phase) -> AsyncIterator[Running]:
    async with a_world(tmp_path / "data", seats=6) as world:
        await world.advance()
        themes: list[int] = []
        if phase == Phase.VOTE:
            await world.advance()
            themes = [await world.make_theme("Samenwerking")]
            await world.advance()
        row, question = await world.row(), await world.question()
        async with world.laptop() as laptop:
            sign_in = laptop.cookies["sign_in"]
    server = Server(tmp_path / "data")
    server.start()
    try:
        yield Running(server, str(row.code), world.session, question.id, themes, world.seats, sign_in)
    finally:
        server.stop()


def rows(running: Running, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{running.server.data}/moderato.db?mode=ro", uri=True)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


async def send_and_kill(running: Running, bodies: list[dict[str, object]], after: int) -> list[dict[str, object]]:
    """Send all at once and kill the server when some are acknowledged; those that were."""
    acknowledged: list[dict[str, object]] = []

    async def send(client: httpx.AsyncClient, number: int) -> None:
        try:
            answer = await running.post(client, running.seats[number % 6], "/statements", bodies[number])
        except httpx.TransportError:
            return
        if answer.status_code == 201:
            acknowledged.append(bodies[number])
        if len(acknowledged) == after:
            running.server.kill()

    twelve_at_once = httpx.Limits(max_connections=12)
    async with httpx.AsyncClient(limits=twelve_at_once, timeout=20) as client:
        await asyncio.gather(*(send(client, number) for number in range(len(bodies))))
    return acknowledged


async def test_what_was_acknowledged_survives_a_kill_and_a_resend_stores_nothing_twice(tmp_path):
    async with a_server(tmp_path, Phase.COLLECT) as running:
        # Ten of each seat: all of them may come within one minute, whichever were stored before the kill.
        bodies = [running.statement(number) for number in range(6 * limits.MOST_A_MINUTE)]
        acknowledged = await send_and_kill(running, bodies, after=30)
        assert 30 <= len(acknowledged) < len(bodies)
        running.server.start()
        stored = {text for (text,) in rows(running, "select text from statement")}
        assert {body["text"] for body in acknowledged} <= stored
        async with httpx.AsyncClient(timeout=20) as client:
            for number, body in enumerate(bodies):
                answer = await running.post(client, running.seats[number % 6], "/statements", body)
                assert answer.status_code == (200 if body["text"] in stored else 201)
        assert sorted(rows(running, "select text from statement")) == sorted((body["text"],) for body in bodies)


async def test_points_survive_a_kill_and_their_owner_reads_them_back(tmp_path):
    async with a_server(tmp_path, Phase.VOTE) as running:
        seat = running.seats[0]
        async with httpx.AsyncClient(timeout=20) as client:
            body = {"round": 1, "revision": 3, "points": {str(running.themes[0]): 2}}
            assert (await running.post(client, seat, "/allocation", body)).status_code == 200
            running.server.kill()
            running.server.start()
            own = await client.get(
                f"{running.server.url}/s/{running.code}/allocation?round=1", headers={"Cookie": f"seat={seat.token}"}
            )
            assert own.json() == {"revision": 3, "points": {str(running.themes[0]): 2}, "ready": None}
            older = await running.post(client, seat, "/allocation", {**body, "revision": 2, "points": {}})
            assert older.json()["revision"] == 3


async def test_after_a_kill_the_order_of_arrival_is_forgotten_and_nobody_is_counted_as_zero(tmp_path):
    async with a_server(tmp_path, Phase.COLLECT) as running, httpx.AsyncClient(timeout=20) as client:
        for number in range(6):
            await running.post(client, running.seats[number], "/statements", running.statement(number))
        running.server.kill()
        running.server.start()
        log = running.server.data / "moderato.db-wal"
        assert not log.exists() or log.stat().st_size == 0
        page = await client.get(
            f"{running.server.url}/sessions/{running.session}/control-room",
            headers={"Cookie": f"sign_in={running.sign_in}"},
        )
        assert page.status_code == 200 and "…" in page.text


async def test_the_log_of_a_real_server_holds_nothing_of_anybody(tmp_path):
    async with a_server(tmp_path, Phase.COLLECT) as running, httpx.AsyncClient(timeout=20) as client:
        receipt = secrets.token_hex(16)
        body = {**running.statement(1), "receipt": receipt, "text": "nooit in het logboek"}
        for wrong in ({}, {"revision": -1}, {"text": "nooit in het logboek" * 50}, {"question": 10**30}):
            await running.post(client, running.seats[0], "/statements", {**body, **wrong})
        await client.get(f"{running.server.url}/s/{running.code}/socket")
        await client.get(f"{running.server.url}/j/verzonnen-sleutel")
        running.server.stop()
        written = running.server.log.read_text()
        secrets_ = [receipt, "nooit in het logboek", "verzonnen-sleutel", running.code, "Traceback"]
        secrets_ += [secret for seat in running.seats for secret in (seat.token, seat.hash)]
        assert [secret for secret in (*secrets_, anonymity.hash_receipt(receipt)) if secret in written] == []


async def test_a_second_server_on_the_same_database_says_no_and_harms_nothing(tmp_path):
    async with a_server(tmp_path, Phase.COLLECT) as running, httpx.AsyncClient(timeout=20) as client:
        environment = {**os.environ, "DATA": str(running.server.data), "PORT": str(free_port()), "HOST": "127.0.0.1"}
        second = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "app.cli", "run"], env=environment, capture_output=True, timeout=20
        )
        assert second.returncode == 1 and b"already" in second.stderr
        assert (await running.post(client, running.seats[0], "/statements", running.statement(1))).status_code == 201
