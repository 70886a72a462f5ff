"""The end of a server by a signal, and what everybody who was using it hears."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import Sequence
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.faults.served import Served, key_of, until

SENDERS, ACKNOWLEDGED = 12, 20
MOST_SECONDS = 5


async def check_end_in_a_storm(served: Served, signals: Sequence[signal.Signals], open_sockets: int) -> None:
    """Told to stop while people write: what was acknowledged is stored, and all come back by themselves."""
    sockets = [await _socket(served, number) for number in range(open_sockets)]
    hearing = asyncio.gather(*(_close_code(line) for line in sockets))
    answers: list[tuple[dict[str, Any], httpx.Response]] = []
    storm = asyncio.gather(*(_keep_sending(served, number, answers) for number in range(SENDERS)))

    async def is_raging() -> bool:
        return len(answers) >= ACKNOWLEDGED

    assert await until(is_raging)
    for number in signals:
        served.server.tell(number)
    ended = await asyncio.to_thread(served.server.ended, MOST_SECONDS)
    assert ended is not None, "it still runs after five seconds"
    await storm
    assert set(await hearing) == {1012}
    stored = served.stored()
    for body, answer in answers:
        if answer.status_code == 201:
            assert stored[key_of(body)] == [body["text"]]
        else:
            assert (answer.status_code, answer.json()["refusal"]) == (503, "overloaded")
            assert "Retry-After" in answer.headers
    assert all(len(texts) == 1 for texts in stored.values())


async def check_taken_is_finished(served: Served) -> None:
    """A statement that waits for its commit when the signal comes is stored and answered; what comes then is not."""
    other = sqlite3.connect(served.server.data / "moderato.db", isolation_level=None)
    taken, later = served.written("erin"), served.written("te laat")
    async with httpx.AsyncClient(timeout=20, headers={"Accept-Language": "en"}) as client:
        # Everything is read once before, so that little time passes while the lock is held.
        await _look(served, client)
        other.execute("begin immediate")
        waiting = asyncio.create_task(served.post(client, "/statements", taken))
        try:
            await _look(served, client)
            served.server.tell(signal.SIGTERM)

            async def is_stopping() -> bool:
                return (await client.get(f"{served.server.url}/healthz")).text == "the server stops"

            assert await until(is_stopping, MOST_SECONDS)
            refused = await served.post(client, "/statements", later)
        finally:
            other.execute("rollback")
            other.close()
            await asyncio.gather(waiting, return_exceptions=True)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
        assert "starting again" in refused.json()["message"]
        assert waiting.result().status_code == 201
    assert await asyncio.to_thread(served.server.ended, MOST_SECONDS) is not None
    assert list(served.stored()) == [key_of(taken)]


async def check_slow_report(served: Served) -> None:
    """Nobody waits for a report that takes a minute."""
    begun = served.server.data / "report-begun"

    async def has_begun() -> bool:
        return begun.exists()

    async with httpx.AsyncClient(timeout=20) as client:
        address, cookie = f"{served.server.url}/sessions/{served.session}", {"Cookie": f"sign_in={served.sign_in}"}
        shown = (await client.get(f"{address}/report.pdf", headers=cookie)).headers["location"]
        asked = asyncio.create_task(client.get(f"{served.server.url}{shown}/file", headers=cookie))
        assert await until(has_begun)
        acknowledged = served.written("erin")
        assert (await served.post(client, "/statements", acknowledged)).status_code == 201
        served.server.tell(signal.SIGTERM)
        ended = await asyncio.to_thread(served.server.ended, MOST_SECONDS)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert ended is not None, "it still runs after five seconds"
    assert list(served.stored()) == [key_of(acknowledged)]


async def _look(served: Served, client: httpx.AsyncClient) -> None:
    for number in range(len(served.seats)):
        assert (await served.phone_page(client, number)).status_code == 200


async def _socket(served: Served, number: int) -> ClientConnection:
    seat = served.seats[number % len(served.seats)]
    address = f"{served.server.url.replace('http', 'ws')}/s/{served.code}/socket"
    return await connect(address, additional_headers={"Cookie": f"seat={seat.token}"}, proxy=None)


async def _close_code(line: ClientConnection) -> int | None:
    try:
        while True:
            await line.recv()
    except ConnectionClosed:
        return line.close_code


async def _keep_sending(served: Served, number: int, answers: list[tuple[dict[str, Any], httpx.Response]]) -> None:
    """One statement after the other, as a phone does, until the server is gone or says to come back."""
    async with httpx.AsyncClient(timeout=20) as client:
        for count in range(10):
            body = served.written(f"{number} {count}")
            try:
                answer = await served.post(client, "/statements", body, number)
            except httpx.TransportError:
                return
            answers.append((body, answer))
            if answer.status_code != 201:
                return
