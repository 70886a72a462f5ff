"""A tab's line to the server, over which requests and answers get lost, late, twice and out of order."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

import httpx

from app.replay.browser import Browser
from tests.load.soak.background import Background
from tests.load.soak.counts import Counts

FAULTS = {"none": 74, "never leaves": 6, "cut": 5, "never heard": 5, "late": 2, "twice": 4, "slow": 4}
PATIENCE = 15.0
"""Seconds after which `post.js` gives up a request."""


class Dropped(Exception):
    """No answer was heard; nobody knows whether the request arrived."""


class Line:
    """`is_up`: whether the phone has a connection; `is_calm`: whether the faults are over."""

    def __init__(self, browser: Browser, chance: random.Random, counts: Counts, longest_delay: float) -> None:
        self._browser, self._chance, self._counts = browser, chance, counts
        self._under_way = Background()
        self._longest_delay = longest_delay
        self.is_up, self.is_calm = True, False

    async def post(self, address: str, body: dict[str, Any]) -> httpx.Response:
        """Raises Dropped when the answer is not heard, for whatever reason."""
        if not self.is_up:
            raise Dropped
        fault = "none" if self.is_calm else self._draw()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._faulty(fault, address, body)
        except (TimeoutError, httpx.TransportError) as error:
            raise Dropped from error
        if not self.is_up:
            raise Dropped
        return answer

    async def get(self, address: str) -> httpx.Response:
        """Raises Dropped."""
        if not self.is_up:
            raise Dropped
        try:
            return await self._browser.client.get(address, headers={"Accept": "application/json"})
        except httpx.TransportError as error:
            raise Dropped from error

    async def all_arrived(self) -> None:
        """Waits for requests that the phone gave up and that are still under way."""
        await self._under_way.finish()

    def _draw(self) -> str:
        return self._chance.choices(list(FAULTS), list(FAULTS.values()))[0]

    async def _faulty(self, fault: str, address: str, body: dict[str, Any]) -> httpx.Response:
        if fault == "never leaves":
            self._counts.add("requests that never left")
            raise Dropped
        if fault == "cut":
            return await self._cut(address, body)
        if fault == "never heard":
            await self._send(address, body)
            self._counts.add("answers never heard")
            raise Dropped
        if fault == "late":
            self._send_later(address, body)
            raise Dropped
        if fault == "twice":
            self._counts.add("requests sent twice at once")
            answers = await asyncio.gather(self._send(address, body), self._send(address, body))
            return self._chance.choice(answers)
        answer = await self._send(address, body)
        if fault == "slow":
            # Meanwhile another tab of this phone goes on: answers come in the wrong order.
            self._counts.add("answers in the wrong order")
            await asyncio.sleep(self._chance.uniform(0.05, 0.5) * self._longest_delay)
        return answer

    async def _cut(self, address: str, body: dict[str, Any]) -> httpx.Response:
        """The connection breaks at some moment between sending and hearing."""
        try:
            async with asyncio.timeout(self._chance.uniform(0.001, 0.03)):
                return await self._send(address, body)
        except TimeoutError:
            self._counts.add("answers never heard")
            raise Dropped from None

    def _send_later(self, address: str, body: dict[str, Any]) -> None:
        """Stuck somewhere on the way: it arrives when the phone has given it up, perhaps after newer ones."""

        async def send() -> None:
            await asyncio.sleep(self._chance.uniform(0.05, 1) * self._longest_delay)
            with contextlib.suppress(httpx.TransportError):
                await self._send(address, body)

        self._counts.add("requests delivered late")
        self._under_way.start(send())

    async def _send(self, address: str, body: dict[str, Any]) -> httpx.Response:
        headers = {"Accept": "application/json", "Origin": self._browser.origin, "Sec-Fetch-Site": "same-origin"}
        return await self._browser.client.post(address, json=body, headers=headers)
