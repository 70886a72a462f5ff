"""A session on a real server process, which can be stopped, killed and started again in a moment."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import secrets
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from app.domain.anonymity import hash_receipt
from app.domain.phases import Phase
from tests.server import answers, free_port
from tests.world import Seat, a_world


@cache
def nursery() -> subprocess.Popen[str]:
    """One for all tests of this process, which run one after the other."""
    command = [sys.executable, "-m", "tests.faults.nursery"]
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(made.communicate)
    return made


@dataclass
class Forked:
    """A server like `tests.server.Server`, made by the nursery; `fault` is what was planted in it."""

    data: Path
    log: Path
    fault: str = ""
    port: int = field(default_factory=free_port)
    pid: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait until the server answers."""
        own = {"DATA": str(self.data), "HOST": "127.0.0.1", "PORT": str(self.port), "PUBLIC_URL": ""}
        pipes = nursery()
        assert pipes.stdin and pipes.stdout
        pipes.stdin.write(json.dumps({"environment": own, "log": str(self.log), "fault": self.fault}) + "\n")
        pipes.stdin.flush()
        self.pid = int(pipes.stdout.readline())
        if not answers(f"{self.url}/healthz"):
            raise RuntimeError(self.log.read_text())

    def kill(self) -> None:
        """Without warning, as a power cut."""
        self.tell(signal.SIGKILL)
        self.ended()

    def tell(self, how: signal.Signals) -> None:
        # A signal to process 0 would go to everybody in this group.
        assert self.pid > 0
        # It may have ended by itself, which a planted fault makes it do.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)

    def ended(self, within: float = 15) -> int | None:
        """How it ended; None when it still runs after so many seconds."""
        pipe = nursery().stdout
        assert pipe
        if not select.select([pipe], [], [], within)[0]:
            return None
        self.pid = 0
        return int(pipe.readline())

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
    server = Forked(data, folder / "server.log", fault)
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
