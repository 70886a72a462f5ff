"""The line of an open page: a socket that wakes whoever waits for news, or polling where no socket gets through."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from app.replay.browser import AGENT, Browser, Exchange
from app.replay.page import Page

BEAT = "{}"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 4.0
SILENT_TOO_LONG = 25.0
OPENS_BEFORE_POLLING = 3
POLL_PAUSE, POLLED_BEFORE_NEXT_SOCKET = 2.0, 10
LONGEST_GOODBYE = 2.0
NOT_ALLOWED, GONE = 4401, 4410
NO_SEAT, NOT_FOUND = 401, 404


class Live:
    """Open for as long as the page is: `async with Live(browser, page, hear)`; `hear` gets each push.

    `is_open`: news gets through, by socket or by polling. `times_open` counts the breaks that healed, and the
    beginning. `is_gone`: the server said for good that this page has nothing more to show.
    """

    def __init__(self, browser: Browser, page: Page, hear: Callable[[str], None] = lambda pushed: None) -> None:
        self._browser, self._hear_push = browser, hear
        self._address = _socket_address(page)
        self._poll_address = urljoin(page.address, page.body["data-poll"])
        self._seq = page.body["data-seq"]
        self._failures = 0
        self._changed = asyncio.Event()
        self._opened = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.is_open = self.is_gone = False
        self.times_open = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), LONGEST_PAUSE)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_open = False
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def change(self, longest: float) -> bool:
        """Waits until something is pushed or the line is back; whether it was, within so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), longest)
        changed = self._changed.is_set()
        self._changed.clear()
        return changed

    async def _listen(self) -> None:
        while not self.is_gone:
            try:
                await self._hear()
            except ConnectionClosed as closed:
                if closed.rcvd and closed.rcvd.code in (NOT_ALLOWED, GONE):
                    self._be_gone()
            except (OSError, TimeoutError, WebSocketException):
                # The next try tells whether it was a moment or for longer.
                pass
            self.is_open = False
            self._failures += 1
            if self._failures >= OPENS_BEFORE_POLLING:
                await self._poll()
            # Full jitter: a room full of phones must not come back in step.
            longest = min(FIRST_PAUSE * 2 ** min(self._failures - 1, 8), LONGEST_PAUSE)
            await asyncio.sleep(random.random() * longest)

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
            close_timeout=LONGEST_GOODBYE,
        ) as socket:
            self._browser.note(Exchange("WS", address))
            self._opened.set()
            while True:
                pushed = str(await asyncio.wait_for(socket.recv(), SILENT_TOO_LONG))
                # Open is not enough: some proxies open a socket and let nothing through. The server speaks at once.
                self._failures = 0
                self._note_open()
                self._browser.note(Exchange("PUSH", self._address, text=pushed))
                if pushed != BEAT:
                    self._take(pushed)

    async def _poll(self) -> None:
        """Asks what is new for a while, until nobody answers or it is time to try the socket again."""
        for _ in range(POLLED_BEFORE_NEXT_SOCKET):
            answer = await self._browser.glance(f"{self._poll_address}?since={self._seq}")
            if answer is None or self.is_gone:
                return
            if answer.status_code in (NO_SEAT, NOT_FOUND) and '"refusal"' in answer.text:
                return self._be_gone()
            if answer.is_success:
                self._note_open()
            if answer.status_code == 200:
                self._take(answer.text)
            await asyncio.sleep(POLL_PAUSE * (0.75 + random.random() / 2))

    def _take(self, pushed: str) -> None:
        self._seq = _seq_of(pushed) or self._seq
        self._hear_push(pushed)
        self._changed.set()

    def _note_open(self) -> None:
        if not self.is_open:
            self.is_open = True
            self.times_open += 1
            self._opened.set()
            self._changed.set()

    def _be_gone(self) -> None:
        self.is_gone = True
        self._changed.set()


def _socket_address(page: Page) -> str:
    address = urljoin(page.address, page.body["data-socket"])
    return urlsplit(address)._replace(scheme="wss" if address.startswith("https") else "ws").geturl()


@lru_cache(maxsize=64)
def _seq_of(pushed: str) -> str:
    """Only the first tag is read: a push may hold a whole screen."""
    root = Page(200, "", pushed.split(">", 1)[0] + ">").root.first(id="push")
    return root["data-seq"] if root else ""
