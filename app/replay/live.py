"""The WebSocket that an open page keeps: it wakes whoever waits for news, and comes back after a break."""

import asyncio
import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from app.replay.browser import AGENT, Browser, Exchange
from app.replay.page import Page

BEAT = "{}"
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0
SILENT_TOO_LONG = 25.0
NOT_ALLOWED, GONE = 4401, 4410


class Live:
    """Open for as long as the page is: `async with Live(browser, page, hear)`; `hear` gets each push."""

    def __init__(self, browser: Browser, page: Page, hear: Callable[[str], None] = lambda pushed: None) -> None:
        self._browser, self._hear_push = browser, hear
        self._address = _socket_address(page)
        self._seq = page.body["data-seq"]
        self._changed = asyncio.Event()
        self._opened = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), LONGEST_PAUSE)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def change(self, longest: float) -> bool:
        """Waits until something is pushed; whether it was, within so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), longest)
        changed = self._changed.is_set()
        self._changed.clear()
        return changed

    async def _listen(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._hear()
            except ConnectionClosed as closed:
                if closed.rcvd and closed.rcvd.code in (NOT_ALLOWED, GONE):
                    return
                pause = FIRST_PAUSE
            except (OSError, TimeoutError, WebSocketException):
                pause = min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _hear(self) -> None:
        address = f"{self._address}?since={self._seq}"
        cookie = self._browser.cookies_for(address.replace("ws", "http", 1))
        async with connect(
            address,
            origin=self._browser.origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookie} if cookie else {},
            user_agent_header=AGENT,
            proxy=None,
            ping_interval=None,
        ) as socket:
            self._opened.set()
            self._browser.note(Exchange("WS", address))
            while True:
                pushed = str(await asyncio.wait_for(socket.recv(), SILENT_TOO_LONG))
                self._browser.note(Exchange("PUSH", self._address, text=pushed))
                if pushed != BEAT:
                    self._seq = _seq_of(pushed) or self._seq
                    self._hear_push(pushed)
                    self._changed.set()


def _socket_address(page: Page) -> str:
    address = urljoin(page.address, page.body["data-socket"])
    return urlsplit(address)._replace(scheme="wss" if address.startswith("https") else "ws").geturl()


def _seq_of(pushed: str) -> str:
    """Only the first tag is read: a push may hold a whole screen."""
    root = Page(200, "", pushed.split(">", 1)[0] + ">").root.first(id="push")
    return root["data-seq"] if root else ""
