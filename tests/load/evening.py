"""A session of N people on a server of its own: what most measurements are taken from."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from picows import WSError

from tests.load import cores, counted
from tests.load.figures import Uses
from tests.load.lead import Asked, Lead, make_account
from tests.load.load import Arrivals
from tests.load.phone import Phone, Unanswered
from tests.load.plan import Plan
from tests.server import Server

BUILD = Path(__file__).parents[2] / "build"
OPEN_AT_ONCE = 100
LONGEST_WAIT = 90.0


@dataclass
class Evening:
    """The server, its moderator, and everybody's phones."""

    plan: Plan
    uses: Uses
    server: Server
    lead: Lead
    counts: Path
    phones: list[Phone] = field(default_factory=list)

    @property
    def pid(self) -> int:
        assert self.server.process is not None
        return self.server.process.pid

    @property
    def seq(self) -> int:
        """The newest screen any phone shows."""
        return max((phone.socket.seq for phone in self.phones), default=0)

    @property
    def renders(self) -> int:
        """How often the server has drawn the phone's scene so far."""
        return counted.read(self.counts)

    def new_phone(self) -> Phone:
        return Phone(self.server.url, self.lead.code)

    def expect(self) -> Arrivals:
        """From now on it is noted when each phone gets a newer screen than any has now."""
        arrivals = Arrivals(self.seq + 1, len(self.phones))
        for phone in self.phones:
            phone.socket.arrivals = arrivals
        return arrivals

    async def settle(self) -> None:
        """Until all phones show the same, and nothing newer comes; whose line broke comes back, as a page does."""
        began, calm = perf_counter(), 0
        while calm < 3 and perf_counter() - began < LONGEST_WAIT:
            await self.open_sockets()
            before = self.seq
            await asyncio.sleep(0.15)
            calm = calm + 1 if all(phone.socket.seq == before for phone in self.phones) else 0

    async def close_sockets(self) -> None:
        for phone in self.phones:
            phone.socket.drop()
        await asyncio.sleep(0.5)

    async def open_sockets(self) -> None:
        await in_turns(phone.open for phone in self.phones if not phone.socket.is_open)

    def read(self, query: str, *values: Any) -> list[Any]:
        """Rows of the server's own file, as they are stored now."""
        with contextlib.closing(sqlite3.connect(f"file:{self.server.data / 'moderato.db'}?mode=ro", uri=True)) as db:
            return db.execute(query, values).fetchall()


@dataclass(frozen=True)
class Place:
    """A running server, the file in which it counts its drawings, and its one account."""

    server: Server
    counts: Path


@contextlib.asynccontextmanager
async def serving() -> AsyncIterator[Place]:
    """A server of its own on the server's core, with the moderator's account made."""
    # Beside the code and not in memory: what a commit costs is part of the measurement.
    BUILD.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=BUILD))
    counts = folder / "renders"
    counts.write_bytes(bytes(counted.NUMBER.size))
    server = Server(folder / "data", command=("-m", "tests.load.counted", str(counts)))
    try:
        with cores.of_the_server():
            server.start()
        await make_account(server.url, server.set_up_link)
        yield Place(server, counts)
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def evening(
    plan: Plan, uses: Uses, place: Place, agenda: Sequence[Asked], mixing: bool = False
) -> AsyncIterator[Evening]:
    """One more session on that server, opened; nobody has joined yet."""
    lead = Lead(place.server.url)
    made = Evening(plan, uses, place.server, lead, place.counts)
    try:
        await lead.sign_in()
        await lead.prepare("Een avond vol mensen", agenda, mixing)
        yield made
    finally:
        await lead.close()
        for phone in made.phones:
            await phone.leave()


async def spread(acts: Sequence[Callable[[], Awaitable[Any]]], span: float) -> list[Any]:
    """Begin the acts evenly over a span of seconds, whatever the earlier ones are doing; results, or what went wrong.

    What a server can do to people (refuse, break off, keep silent) is a result; anything else is raised.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def at(due: float, act: Callable[[], Awaitable[Any]]) -> Any:
        await asyncio.sleep(max(0.0, due - loop.time()))
        try:
            return await act()
        except (OSError, WSError, Unanswered) as error:
            return error

    return await asyncio.gather(*(at(began + span * place / len(acts), act) for place, act in enumerate(acts)))


async def in_turns(acts: Iterable[Callable[[], Awaitable[Any]]]) -> None:
    """All acts, so many at once; for what is not measured."""
    places = asyncio.Semaphore(OPEN_AT_ONCE)

    async def one(act: Callable[[], Awaitable[Any]]) -> None:
        async with places:
            await act()

    await asyncio.gather(*(one(act) for act in acts))
