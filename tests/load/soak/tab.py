"""A tab of a phone: the page, its socket or polling, and whatever a reload takes away."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from app.replay.browser import AGENT, Browser
from tests.load.soak.background import Background
from tests.load.soak.line import Dropped, Line
from tests.load.soak.outbox import Outbox
from tests.load.soak.purse import Purse
from tests.load.soak.scene import Scene, shown_in

FIRST_WAIT, LONGEST_WAIT = 0.5, 4.0
OPENS_BEFORE_POLLING, POLL_WAIT = 3, 2.0
BEAT, BEAT_LASTS = "{}", 25.0


class Tab:
    """Shows the scene that was pushed last; comes back by itself. `is_blocked`: its network lets no socket through."""

    def __init__(
        self, browser: Browser, address: str, line: Line, outbox: Outbox, purse: Purse, chance: random.Random
    ) -> None:
        self._browser, self._address, self._line, self._chance = browser, address, line, chance
        self.outbox, self.purse = outbox, purse
        self.scene, self._seq, self._told = Scene(), 0, ""
        self.is_blocked = self._is_closed = False
        self._socket: ClientConnection | None = None
        self._background = Background()
        outbox.changed = self._tell

    async def open(self) -> None:
        """Loads the page; whoever gets no answer tries again, as a person does."""
        page = await self._browser.open(self._address)
        self._show(page.html)
        self._background.start(self._listen())
        self._back()

    def close(self) -> None:
        self._is_closed = True
        self.drop()
        self._background.stop()
        self.outbox.stop()
        self.purse.stop()

    def drop(self) -> None:
        """The connection is gone, without a word to the server."""
        if self._socket:
            self._socket.transport.abort()

    def _show(self, html: str) -> None:
        shown = shown_in(html)
        if shown.seq < self._seq:
            return
        self._seq = shown.seq
        if shown.scene is None or shown.scene == self.scene:
            return
        is_other = (shown.scene.kind, shown.scene.question) != (self.scene.kind, self.scene.question)
        self.scene = shown.scene
        if is_other:
            self._told = ""
            self._tell()
            if self.scene.kind == "vote":
                self.purse.load(self.scene.round_id)
            else:
                self.purse.wake()

    def _back(self) -> None:
        """The line is there again: what waits is sent, and what a restarted server forgot is told again."""
        self._told = ""
        self._tell()
        self.outbox.wake()
        self.purse.wake()

    async def _listen(self) -> None:
        failures = 0
        while not self._is_closed:
            if self._line.is_up and not self.is_blocked:
                opened = await self._hear()
                failures = 1 if opened else failures + 1
            else:
                failures += 1
            if failures >= OPENS_BEFORE_POLLING and self._line.is_up:
                await self._poll()
                await asyncio.sleep(POLL_WAIT * (0.75 + self._chance.random() / 2))
            else:
                await asyncio.sleep(self._chance.random() * min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT))

    async def _hear(self) -> bool:
        """Until the socket breaks; whether it had opened."""
        address = urlsplit(f"{self._address}/socket?since={self._seq}")
        cookie = self._browser.cookies_for(self._address)
        opened = False
        with contextlib.suppress(OSError, TimeoutError, WebSocketException):
            async with connect(
                address._replace(scheme="ws").geturl(),
                origin=self._browser.origin,  # type: ignore[arg-type]
                additional_headers={"Cookie": cookie},
                user_agent_header=AGENT,
                proxy=None,
                ping_interval=None,
                close_timeout=1,
            ) as self._socket:
                opened = True
                self._back()
                while self._line.is_up:
                    async with asyncio.timeout(BEAT_LASTS):
                        pushed = str(await self._socket.recv())
                    if pushed != BEAT:
                        self._show(pushed)
        self._socket = None
        return opened

    async def _poll(self) -> None:
        with contextlib.suppress(Dropped):
            answer = await self._line.get(f"{self._address}/screen?since={self._seq}")
            if answer.status_code == 200:
                self._show(answer.text)
            if answer.is_success:
                self._back()

    def _tell(self) -> None:
        """The two booleans that a phone says of itself, when they have changed."""
        scene = self.scene
        if not scene.question or not self._line.is_up:
            return
        own = self.outbox.statements().values()
        submitted = any(one["question"] == scene.question and one["stored"] and not one["retracted"] for one in own)
        ready = scene.kind == "vote" and self.purse.allocation(scene.round_id)["ready"]
        vote = {"round": scene.round_id, "ready": ready} if scene.kind == "vote" else {}
        body = {"question": scene.question, "submitted": submitted, **vote}
        if self._told == json.dumps(body) or not (self._told or submitted or ready):
            return
        self._told = json.dumps(body)
        self._background.start(self._say(body))

    async def _say(self, body: dict[str, Any]) -> None:
        try:
            await self._line.post(f"{self._address}/presence", body)
        except Dropped:
            self._told = ""
