"""A simulated phone: one device with one or two tabs, which drops, reloads, sleeps and comes back at random."""

from __future__ import annotations

import asyncio
import contextlib
import random

from app.replay.browser import Browser
from app.replay.control_room import found
from tests.load.soak.counts import Counts
from tests.load.soak.device import Device
from tests.load.soak.journal import Journal
from tests.load.soak.line import Line
from tests.load.soak.outbox import Outbox, Plant, is_waiting
from tests.load.soak.purse import Purse, is_unsent
from tests.load.soak.scene import Scene
from tests.load.soak.tab import Tab

MISHAPS = {"drop": 40, "reload": 30, "second tab": 15, "sleep": 15}


class Phone:
    """Its cookie and its device stay; tabs come and go."""

    def __init__(self, url: str, number: int, seed: int, counts: Counts, plant: Plant, pause: float) -> None:
        """`pause`: seconds between two mishaps, on average."""
        self.name = f"phone {number}"
        self._browser = Browser(url, "nl" if number % 3 else "en")
        self._chance = random.Random(f"{seed} mishaps {number}")
        self._line_chance = random.Random(f"{seed} line {number}")
        self._counts, self._plant = counts, plant
        self.device, self.journal = Device(), Journal(self.name)
        self.line = Line(self._browser, self._line_chance, counts, min(8.0, pause))
        self._pause, self._is_over = pause, asyncio.Event()
        self._is_blocked = number % 10 == 9
        self._tabs: list[Tab] = []

    @property
    def tab(self) -> Tab:
        """The one in the person's hands."""
        return self._tabs[-1]

    @property
    def scene(self) -> Scene:
        return self.tab.scene

    async def join(self, code: str) -> None:
        page = await self._browser.open("")
        page = await self._browser.submit(found(page.form("/"), "join").fill(code=code))
        self._address = page.address.split("?")[0].rstrip("/")
        self._tabs = [await self._new_tab()]

    async def suffer(self) -> None:
        """One mishap after another, until `recover`."""
        while not await self._is_over_in(self._chance.expovariate(1 / self._pause)):
            mishap = self._chance.choices(list(MISHAPS), list(MISHAPS.values()))[0]
            if mishap == "drop":
                await self._lose_line("lines dropped", self._chance.uniform(0.2, 0.6) * self._pause)
            elif mishap == "sleep":
                await self._lose_line("sleeps", self._chance.uniform(0.6, 2) * self._pause)
            elif mishap == "reload":
                await self.reload()
            else:
                await self._open_or_close_second_tab()

    async def reload(self) -> None:
        self._counts.add("reloads")
        old, place = self.tab, len(self._tabs) - 1
        old.close()
        # Until the new page is there the person looks at the old one, which does nothing any more.
        self._tabs[place] = await self._new_tab()

    def recover(self) -> None:
        """No more mishaps: the line is up, and stays."""
        self.line.is_calm = True
        self._is_over.set()

    @property
    def is_settled(self) -> bool:
        """Nothing waits any more, and every tab shows the end."""
        own = self.device.all("statement:").values()
        votes = self.device.all("vote:").values()
        waits = any(map(is_waiting, own)) or any(map(is_unsent, votes))
        return not waits and all(tab.scene.kind == "ended" for tab in self._tabs)

    async def close(self) -> None:
        """Puts in the journal how the phone was found, and leaves."""
        kept = self.device.all("statement:")
        for receipt, written in self.journal.written.items():
            one = kept.get(receipt)
            written.is_waiting = one is not None and is_waiting(one)
            # A sentence counts only as long as the text is still there with it.
            written.sentence = written.sentence if one else ""
            written.shown = one["text"] if one and not one["retracted"] and not one["refusal"] else None
        for round_id, vote in self.device.all("vote:").items():
            if int(round_id) in self.journal.divided:
                self.journal.divided[int(round_id)].is_waiting = is_unsent(vote)
        scenes = {tab.scene.kind for tab in self._tabs}
        self.journal.shows = scenes.pop() if len(scenes) == 1 else " and ".join(sorted(scenes))
        for tab in self._tabs:
            tab.close()
        await self._browser.close()

    async def _lose_line(self, row: str, seconds: float) -> None:
        self._counts.add(row)
        self.line.is_up = False
        for tab in self._tabs:
            tab.drop()
        await self._is_over_in(seconds)
        self.line.is_up = True

    async def _is_over_in(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_over.wait()
        return self._is_over.is_set()

    async def _open_or_close_second_tab(self) -> None:
        if len(self._tabs) > 1:
            self._tabs.pop(self._chance.randrange(2)).close()
        else:
            self._counts.add("second tabs")
            self._tabs.append(await self._new_tab())

    async def _new_tab(self) -> Tab:
        own = (self._address, self.device, self.line, self.journal, self._counts, self._line_chance)
        tab = Tab(self._browser, self._address, self.line, Outbox(*own), Purse(*own), self._chance)
        tab.outbox.plant, tab.is_blocked = self._plant, self._is_blocked
        await tab.open()
        return tab
