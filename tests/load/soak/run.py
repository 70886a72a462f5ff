"""One run: a fresh server, a moderator and phones; killed and started again meanwhile, compared after the end."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.replay.browser import Browser
from app.replay.control_room import found
from tests.load.soak.compare import Verdict, compare
from tests.load.soak.counts import Counts
from tests.load.soak.moderator import Leader
from tests.load.soak.person import Person
from tests.load.soak.phone import Phone
from tests.load.soak.stored import read
from tests.server import Server

EMAIL, PASSWORD = "moderator@example.org", "een lang wachtwoord"
LONGEST_SETTLING = 120.0
"""Whoever wrote too fast may rest for a minute, and is then told that the session has ended."""
SHORTEST_PAUSE, SHORTEST_LUCK = 0.4, 1.0


@dataclass
class Run:
    """`plant_every`: one statement in so many is marked sent without being delivered; 0 is none."""

    data: Path
    seed: int
    seconds: float
    phones: int
    kills: int = 2
    plant_every: int = 0
    thoughts: int = 12
    counts: Counts = field(default_factory=Counts)

    async def play(self) -> Verdict:
        """The whole session; the server has stopped afterwards."""
        server = Server(self.data)
        await asyncio.to_thread(server.start)
        try:
            return await self._play_on(server)
        finally:
            await asyncio.to_thread(server.stop)

    async def _play_on(self, server: Server) -> Verdict:
        await _set_up(server)
        leader = Leader(Browser(server.url, "nl"), self.seed, self.seconds)
        code = await leader.make_ready(EMAIL, PASSWORD)
        phones = self._make_phones(server)
        people = [self._person(number, phone) for number, phone in enumerate(phones)]
        acting = [asyncio.create_task(self._take_part(*both, code)) for both in zip(phones, people, strict=True)]
        killing = asyncio.create_task(self._kill_now_and_then(server))
        await leader.lead()
        await self._settle(phones, acting)
        await killing
        archive = await leader.archive()
        await leader.browser.close()
        await asyncio.to_thread(server.stop)
        stored = await asyncio.to_thread(read, self.data / "moderato.db", archive)
        return compare([phone.journal for phone in phones], leader.room_texts, stored)

    def _make_phones(self, server: Server) -> list[Phone]:
        plant = _every(self.plant_every)
        pause = max(SHORTEST_LUCK, self.seconds / 30)
        return [Phone(server.url, number, self.seed, self.counts, plant, pause) for number in range(self.phones)]

    def _person(self, number: int, phone: Phone) -> Person:
        return Person(phone, number, self.seed, self.counts, max(SHORTEST_PAUSE, self.seconds / 100), self.thoughts)

    async def _take_part(self, phone: Phone, person: Person, code: str) -> None:
        """Most come before the first question, some when it has begun."""
        await asyncio.sleep(random.Random(f"{self.seed} {phone.name}").random() * 0.05 * self.seconds)
        await phone.join(code)
        async with asyncio.TaskGroup() as both:
            both.create_task(phone.suffer())
            both.create_task(person.take_part())

    async def _kill_now_and_then(self, server: Server) -> None:
        chance = random.Random(f"{self.seed} server")
        part, gone = self.seconds / (self.kills + 1), 0.0
        for number in range(self.kills):
            moment = part * (number + chance.uniform(0.6, 1.2))
            await asyncio.sleep(moment - gone)
            gone = moment
            await asyncio.to_thread(server.kill)
            self.counts.add("servers killed")
            await asyncio.sleep(chance.uniform(0.5, 3))
            await asyncio.to_thread(server.start)

    async def _settle(self, phones: list[Phone], acting: list[asyncio.Task[None]]) -> None:
        """Nobody does anything new, and every line stays up: what waits gets its answer now, or never."""
        for phone in phones:
            phone.recover()
        until = asyncio.get_running_loop().time() + LONGEST_SETTLING
        while not all(phone.is_settled for phone in phones) and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.1)
        await asyncio.gather(*(phone.line.all_arrived() for phone in phones))
        await _end(acting)
        await asyncio.gather(*(phone.close() for phone in phones))


async def _end(acting: list[asyncio.Task[None]]) -> None:
    """Ends what people and mishaps do; nothing of it ends before by itself, unless the simulation went wrong."""
    for task in acting:
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*acting, return_exceptions=True)


async def _set_up(server: Server) -> None:
    """The first moderator, through the printed link."""
    browser = Browser(server.url, "nl")
    page = await browser.open(server.set_up_link)
    form = found(next(iter(page.forms()), None), "set up")
    await browser.submit(form.fill(email=EMAIL, name="De moderator", password=PASSWORD))
    await browser.close()


def _every(number: int) -> Callable[[], bool]:
    """True at one call in `number`, of all phones together."""
    calls = itertools.count(1)
    return lambda: number > 0 and next(calls) % number == 0
