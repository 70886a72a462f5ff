"""A participant's phone: joins, shows the scene that was pushed last, and sends again until there is an answer."""

import asyncio
import random
import secrets
from contextlib import AsyncExitStack
from typing import Any

import httpx

from app.replay.browser import AnswerLost, Browser
from app.replay.control_room import found, said
from app.replay.live import Live
from app.replay.page import Page
from app.replay.scene import Scene, pushed_scene, scene_of
from app.replay.stops import ReplayStopped

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0
COME_BACK = (408, 425, 429)


class Phone:
    """`scene` is what it shows; `live`, from joining on, its line to the server."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.scene = browser, Scene()
        self._open = AsyncExitStack()
        self._address = ""
        self._has_joined = False
        self._secrets: dict[int, str] = {}

    async def join(self, way_in: str, pause: float = 0.0) -> None:
        """By a code, or by the path of a join link; `pause` seconds pass before the button is pressed.

        Raises ReplayStopped with what the server says: a wrong code, a closed door, a session that has ended.
        """
        page = await self._take_seat(way_in, pause)
        if page.status >= 400 or not page.body["data-socket"]:
            raise ReplayStopped(f"A participant can't join: {said(page)}")
        self._address = page.address.split("?")[0]
        self.scene = scene_of(page) or self.scene
        self.live = await self._open.enter_async_context(Live(self.browser, page, self._hear))
        self._has_joined = True

    @property
    def is_connected(self) -> bool:
        return self._has_joined and self.live.is_open

    async def leave(self) -> None:
        await self._open.aclose()
        await self.browser.close()

    async def reload(self) -> None:
        self.scene = scene_of(await self.browser.open(self._address)) or self.scene

    async def send_statement(self, scene: Scene, receipt: str, text: str, theme: str = "") -> httpx.Response:
        """To the question of a scene in which it was written, which may have passed meanwhile. The receipt, made
        before, goes along each time it is sent, so that it is stored once."""
        body: dict[str, Any] = {"receipt": receipt, "revision": 1, "text": text, "question": int(scene.question)}
        if theme:
            body["theme"] = int(theme)
        return await self._post(scene.statements_address, body)

    async def send_points(self, scene: Scene, revision: int, points: dict[str, int]) -> httpx.Response:
        """The whole allocation; the server keeps the one of the highest revision. Where anyone can verify the tally,
        with the one secret that this phone makes for this vote."""
        body: dict[str, Any] = {"round": scene.round, "revision": revision, "points": points}
        if scene.is_verifiable:
            body["secret"] = self._secrets.setdefault(scene.round, secrets.token_hex(16))
        return await self._post(scene.allocation_address, body)

    async def ask_own_points(self, scene: Scene) -> Page:
        return await self.browser.open(f"{scene.allocation_address}?round={scene.round}")

    async def tell(self, question: str, submitted: bool, round: int | None = None, ready: bool = False) -> None:
        """The two booleans that a phone says of itself."""
        body = {"question": int(question), "submitted": submitted, "round": round, "ready": ready}
        await self._post(f"{self._address}/presence", body)

    async def _take_seat(self, way_in: str, pause: float) -> Page:
        """Presses again where the answer was lost: without it there is no seat on this phone."""
        while True:
            page = await self.browser.open(way_in if way_in.startswith("/") else "")
            if page.status >= 400:
                return page
            await asyncio.sleep(pause)
            try:
                if way_in.startswith("/"):
                    form = next((form for form in page.forms() if "/join/" in form.path), None)
                    return await self.browser.submit(found(form, "join"))
                return await self.browser.submit(found(page.form("/"), "join").fill(code=way_in))
            except AnswerLost:
                await asyncio.sleep(random.random() * FIRST_PAUSE)

    def _hear(self, pushed: str) -> None:
        self.scene = pushed_scene(pushed, self._address) or self.scene

    async def _post(self, address: str, body: dict[str, Any]) -> httpx.Response:
        """What the application itself answers; whatever else is said on the way is a reason to come back."""
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        began = loop.time()
        while True:
            answer = await self.browser.post_json(address, body)
            says_come_back = answer.status_code >= 500 or answer.status_code in COME_BACK
            if not says_come_back or loop.time() > began + self.browser.patience:
                return answer
            await asyncio.sleep(0.2 + random.random() * pause)
            pause = min(pause * 2, LONGEST_PAUSE)
