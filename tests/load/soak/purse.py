"""The phone's points in a vote, as `static/js/vote_delivery.js` keeps and sends them, with a journal beside it."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from tests.load.soak.background import Background
from tests.load.soak.counts import Counts
from tests.load.soak.device import Device
from tests.load.soak.journal import Journal
from tests.load.soak.line import Dropped, Line

CALM = 0.25
FIRST_WAIT, LONGEST_WAIT = 1.0, 15.0
EMPTY = {"revision": 0, "points": {}, "stored": {"revision": 0, "points": {}}, "ready": False}


class Purse:
    """Of one tab; the allocations themselves are in the device."""

    def __init__(
        self, address: str, device: Device, line: Line, journal: Journal, counts: Counts, chance: random.Random
    ) -> None:
        self._address, self._device, self._line = f"{address}/allocation", device, line
        self._journal, self._counts, self._chance = journal, counts, chance
        self._busy, self._tries = False, 0
        self._background = Background()

    def allocation(self, round_id: int) -> dict[str, Any]:
        kept: dict[str, Any] = self._device.read(f"vote:{round_id}") or EMPTY
        return kept

    def give(self, round_id: int, theme: str, change: int, budget: int, limit: int | None) -> None:
        """One tap on a stepper; nothing where the budget or the limit says no."""
        vote = self.allocation(round_id)
        points = {**vote["points"], theme: vote["points"].get(theme, 0) + change}
        if points[theme] < 0 or sum(points.values()) > budget or points[theme] > (limit or budget):
            return
        revision = vote["revision"] + 1
        self._journal.divide(round_id, revision, points)
        self._keep(round_id, {**vote, "revision": revision, "points": points})
        self._later(round_id, CALM)

    def toggle_ready(self, round_id: int) -> None:
        vote = self.allocation(round_id)
        self._keep(round_id, {**vote, "ready": not vote["ready"]})

    def load(self, round_id: int) -> None:
        """A vote has come on screen: what the server has is read first, where the device knows less; then sent."""
        self._background.start(self._load_and_send(round_id))

    def wake(self) -> None:
        """The line is back."""
        self._background.start(self._send_all())

    def stop(self) -> None:
        self._background.stop()

    def _later(self, round_id: int, wait: float) -> None:
        async def send() -> None:
            await asyncio.sleep(wait)
            await self._send(round_id)

        self._background.start(send())

    async def _load_and_send(self, round_id: int) -> None:
        try:
            answer = await self._line.get(f"{self._address}?round={round_id}")
            if answer.is_success and (told := answer.json())["revision"] >= self.allocation(round_id)["revision"]:
                self._accept(round_id, told)
        except Dropped:
            # The device's own allocation stands.
            pass
        await self._send_all()

    async def _send_all(self) -> None:
        """Also points of an earlier vote, whose close this phone may have slept through."""
        votes = self._device.all("vote:").items()
        waiting = next((round_id for round_id, vote in votes if is_unsent(vote)), None)
        if waiting:
            await self._send(int(waiting))

    async def _send(self, round_id: int) -> None:
        """The whole allocation as it is now, until this revision is stored or refused."""
        vote = self.allocation(round_id)
        if self._busy or not self._line.is_up or not is_unsent(vote):
            return
        self._busy, wait = True, 0.0
        try:
            wait = await self._deliver(round_id, vote)
        finally:
            self._busy = False
        if wait:
            self._later(round_id, wait)
        else:
            await self._send_all()

    async def _deliver(self, round_id: int, vote: dict[str, Any]) -> float:
        body = {"round": round_id, "revision": vote["revision"], "points": vote["points"]}
        self._journal.send_points(round_id, vote["revision"])
        try:
            answer = await self._line.post(self._address, body)
            if answer.status_code >= 500 or answer.status_code == 429:
                raise Dropped
        except Dropped:
            wait = 0.2 + self._chance.random() * min(FIRST_WAIT * 2**self._tries, LONGEST_WAIT)
            self._tries += 1
            return wait
        self._tries = 0
        if answer.is_success:
            self._counts.add("allocations confirmed")
            self._accept(round_id, answer.json())
        else:
            self._counts.add("refused with a sentence")
            self._refuse(round_id)
        return 0

    def _accept(self, round_id: int, told: dict[str, Any]) -> None:
        vote = self.allocation(round_id)
        stored = {"revision": told["revision"], "points": told["points"]}
        if told["revision"]:
            self._journal.confirm_points(round_id, told["revision"])
        newer = stored if told["revision"] > vote["revision"] else {}
        self._keep(round_id, {**vote, **newer, "stored": stored})

    def _refuse(self, round_id: int) -> None:
        """Back to what counts; nothing is tried again."""
        vote = self.allocation(round_id)
        stored = {**vote["stored"], "revision": vote["revision"]}
        self._keep(round_id, {**vote, "points": vote["stored"]["points"], "stored": stored})

    def _keep(self, round_id: int, vote: dict[str, Any]) -> None:
        self._device.write(f"vote:{round_id}", vote)


def is_unsent(vote: dict[str, Any]) -> bool:
    return bool(vote["revision"] > vote["stored"]["revision"])
