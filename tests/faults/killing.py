"""A server that is killed again and again under a storm, and phones whose outboxes see it through."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

from app.domain.anonymity import hash_receipt
from app.replay.browser import Browser
from app.replay.control_room import found
from tests.faults.served import Served, until
from tests.load.soak.counts import Counts
from tests.load.soak.device import Device
from tests.load.soak.journal import Journal
from tests.load.soak.line import Line
from tests.load.soak.outbox import Outbox, is_waiting

PHONES, MOST_WAITING = 12, 3


@dataclass
class Writer:
    """A phone whose person never stops writing: its device, its outbox, and the journal that the phone never reads."""

    number: int
    browser: Browser
    outbox: Outbox
    journal: Journal
    texts: int = 0

    @property
    def waiting(self) -> int:
        return sum(map(is_waiting, self.outbox.statements().values()))

    @property
    def acknowledged(self) -> dict[str, str]:
        """The texts that this phone was told are stored, by the hash of their receipts."""
        written = self.journal.written.items()
        return {hash_receipt(receipt): str(one.forms[1]) for receipt, one in written if one.confirmed}

    def write(self, question: int) -> None:
        self.texts += 1
        self.outbox.submit(question, f"uitspraak {self.texts} van {self.number}", None)


@dataclass
class Storm:
    """All phones; `check` is called while the server is dead."""

    served: Served
    phones: list[Writer] = field(default_factory=list)

    async def join(self) -> None:
        self.phones = [await self._phone(number) for number in range(PHONES)]

    async def _phone(self, number: int) -> Writer:
        browser, chance = Browser(self.served.server.url, "nl"), random.Random(number)
        page = await browser.open("")
        page = await browser.submit(found(page.form("/"), "join").fill(code=self.served.code))
        line, journal, counts = Line(browser, chance, Counts(), 0), Journal(f"phone {number}"), Counts()
        line.is_calm = True
        address = page.address.split("?")[0].rstrip("/")
        return Writer(number, browser, Outbox(address, Device(), line, journal, counts, chance), journal)

    async def rage_until(self, more: int) -> None:
        """Everybody writes as fast as it is taken in, until so many more were acknowledged."""
        goal = self.acknowledged + more

        async def enough() -> bool:
            for phone in self.phones:
                if phone.waiting < MOST_WAITING:
                    phone.write(self.served.question)
            await asyncio.sleep(0)
            return self.acknowledged >= goal

        assert await until(enough), "the storm died down"

    @property
    def acknowledged(self) -> int:
        return sum(len(phone.acknowledged) for phone in self.phones)

    def check(self) -> None:
        """Everything acknowledged is stored once, everything else once or not at all, and nothing is made up."""
        stored = self.served.stored()
        written = {
            hash_receipt(receipt): str(one.forms[1])
            for phone in self.phones
            for receipt, one in phone.journal.written.items()
        }
        known = {receipt for phone in self.phones for receipt in phone.acknowledged}
        assert not known - stored.keys(), f"{len(known - stored.keys())} acknowledged statements are lost"
        texts = [text for some in stored.values() for text in some]
        assert len(texts) == len(set(texts)), "a statement is stored twice"
        assert {receipt: [written.get(receipt)] for receipt in stored} == stored, "stored, and written by nobody"

    async def come_back(self) -> None:
        """The line is there again, which a page hears from its socket."""
        for phone in self.phones:
            phone.outbox.wake()

    async def finish(self) -> None:
        """Nobody writes any more: what waits is delivered."""

        async def all_sent() -> bool:
            return not any(phone.waiting for phone in self.phones)

        assert await until(all_sent, 60), "an outbox did not finish"

    async def close(self) -> None:
        for phone in self.phones:
            phone.outbox.stop()
            await phone.browser.close()


async def check_kills(served: Served, kills: int) -> None:
    """Killed so many times while statements are coming in."""
    storm, chance = Storm(served), random.Random(2005)
    await storm.join()
    try:
        for _ in range(kills):
            await storm.rage_until(chance.randint(5, 40))
            await asyncio.to_thread(served.server.kill)
            storm.check()
            await asyncio.to_thread(served.server.start)
            await storm.come_back()
        await storm.finish()
        storm.check()
        assert storm.acknowledged == sum(phone.texts for phone in storm.phones), "not everything was acknowledged"
    finally:
        await storm.close()
