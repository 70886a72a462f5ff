"""A session on a real server process, which can be stopped, killed and started again in a moment."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.domain.anonymity import hash_receipt
from app.domain.phases import Phase
from tests.warm_server import WarmServer
from tests.world import Seat, a_world


@dataclass
class Forked(WarmServer):
    """A server that tries its disk again at once; `fault` is what was planted in it."""

    fault: str = ""

    @property
    def first(self) -> Sequence[str]:
        planted = [f"tests.faults.planted:{self.fault}"] if self.fault else []
        return ["tests.faults.planted:tries_again_soon", *planted]

    def close(self) -> None:
        if self.pid:
            self.kill()


@dataclass
class Served:
    """A session that was prepared before its server started, and its participants."""

    server: Forked
    code: str
    session: int
    question: int
    seats: list[Seat]
    sign_in: str

    def written(self, text: str, receipt: str | None = None) -> dict[str, Any]:
        return {"question": self.question, "receipt": receipt or secrets.token_hex(16), "revision": 1, "text": text}

    async def send(self, client: httpx.AsyncClient, text: str, number: int = 0, **more: Any) -> httpx.Response:
        """A statement of one of the participants."""
        return await self.post(client, "/statements", self.written(text, **more), number)

    async def post(self, client: httpx.AsyncClient, rest: str, body: dict[str, Any], number: int = 0) -> httpx.Response:
        seat = self.seats[number % len(self.seats)]
        return await client.post(
            f"{self.server.url}/s/{self.code}{rest}", json=body, headers={"Cookie": f"seat={seat.token}"}
        )

    async def phone_page(self, client: httpx.AsyncClient, number: int = 0) -> httpx.Response:
        cookie = {"Cookie": f"seat={self.seats[number].token}"}
        return await client.get(f"{self.server.url}/s/{self.code}", headers=cookie)

    async def control_room(self, client: httpx.AsyncClient, language: str = "en") -> str:
        page = await client.get(
            f"{self.server.url}/sessions/{self.session}/control-room",
            headers={"Cookie": f"sign_in={self.sign_in}", "Accept-Language": language},
        )
        assert page.status_code == 200, page.status_code
        return page.text

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.server.data}/moderato.db?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()

    def stored(self) -> dict[str, list[str]]:
        """The texts by the hash of their receipt."""
        found: dict[str, list[str]] = {}
        for receipt, text in self.rows("select receipt_hash, text from statement"):
            found.setdefault(receipt, []).append(text)
        return found


def key_of(body: dict[str, Any]) -> str:
    """By which `Served.stored` knows a statement."""
    return hash_receipt(body["receipt"])


@asynccontextmanager
async def a_session(folder: Path, fault: str = "", seats: int = 6, data: Path | None = None) -> AsyncIterator[Served]:
    """Collecting, with participants seated, on a server that has started."""
    data = data or folder / "data"
    async with a_world(data, seats=seats) as world:
        await world.advance_to(Phase.COLLECT)
        row, question = await world.row(), await world.question()
        async with world.laptop() as laptop:
            sign_in = laptop.cookies["sign_in"]
    server = Forked(data, fault=fault)
    try:
        await asyncio.to_thread(server.start)
        yield Served(server, str(row.code), world.session, question.id, world.seats, sign_in)
    finally:
        await asyncio.to_thread(server.close)


async def until(holds: Any, seconds: float = 20.0) -> bool:
    """Whether something comes true, asked again and again."""
    with_patience = asyncio.get_running_loop().time() + seconds
    while not await holds():
        if asyncio.get_running_loop().time() > with_patience:
            return False
        await asyncio.sleep(0.05)
    return True
