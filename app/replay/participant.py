"""One participant with a phone: joins with the code, writes, divides points, and looks at the result."""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit

from app.replay.browser import Browser
from app.replay.control_room import found, said
from app.replay.elements import Element
from app.replay.live import Live
from app.replay.page import Form, Page
from app.replay.plan import Written
from app.replay.stops import ReplayStopped

PATIENCE = 60.0
SILENCE = 5.0


class Participant:
    """Sees the one scene of the phone, which the socket replaces; every statement has a receipt of its own."""

    def __init__(self, browser: Browser, pace: float) -> None:
        self._browser, self._pace = browser, pace
        self._open = AsyncExitStack()
        self._page = Page(0, "", "")
        self._scene = Element("section")

    async def join(self, code: str) -> None:
        page = await self._browser.open("")
        await asyncio.sleep(self._pace)
        page = await self._browser.submit(found(page.form("/"), "join").fill(code=code))
        if page.status >= 400 or not page.body["data-socket"]:
            raise ReplayStopped(f"A participant can't join: {said(page)}")
        self._show(page)
        self._live = await self._open.enter_async_context(Live(self._browser, page, self._hear))

    async def leave(self) -> None:
        await self._open.aclose()
        await self._browser.close()

    async def write(self, question: str, statements: Sequence[Written], themes: Sequence[str]) -> None:
        """Everything this person has to say on the question, one statement at a time, each with its theme where the
        phone asks for it. `themes` are the names of the printed ones."""
        await self.see("collect", question)
        if not statements:
            return
        form = self._form("/statements")
        for written in statements:
            receipt = secrets.token_hex(16)
            body = {"receipt": receipt, "revision": 1, "text": written.text, "question": int(question)}
            if offered := offered_themes(self._scene, themes[written.theme]):
                # Of namesakes the one at the same place among them.
                place = themes[: written.theme].count(themes[written.theme])
                body["theme"] = offered[min(place, len(offered) - 1)]
            await self._post(form.action, body)
        await self._tell(question, submitted=True)

    async def vote(self, question: str, ballot: Sequence[int]) -> None:
        """The whole allocation, in the order of the themes on the phone; then ready."""
        await self.see("vote", question)
        form = self._form("/allocation")
        round_id = int(self._scene["data-round"])
        await self._browser.open(f"{form.action}?round={round_id}")
        themes = [card["data-theme"] for card in self._scene.all("li") if "data-theme" in card]
        points = {theme: given for theme, given in zip(themes, ballot, strict=True) if given}
        if points:
            body = {"round": round_id, "revision": sum(points.values()), "points": points}
            await self._post(form.action, body)
        await self._tell(question, submitted=True, round=round_id, ready=True)

    async def see(self, phase: str, question: str = "") -> None:
        """Until the phone shows it. A person who waits too long loads the page again."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while self._scene["data-phase"] != phase or (question and self._scene["data-question"] != question):
            if asyncio.get_running_loop().time() > until:
                raise ReplayStopped(f"A phone shows “{self._scene['data-phase']}” and never came to “{phase}”.")
            if not await self._live.change(SILENCE):
                self._show(await self._browser.open(self._page.address))

    def _show(self, page: Page) -> None:
        self._page = page
        self._scene = page.root.first(id="scene") or self._scene

    def _hear(self, pushed: str) -> None:
        if 'id="scene"' in pushed:
            self._show(Page(200, self._page.address, pushed))

    def _form(self, ending: str) -> Form:
        return found(self._page.form(ending), ending)

    async def _tell(self, question: str, submitted: bool, round: int | None = None, ready: bool = False) -> None:
        """The two booleans that a phone says of itself."""
        body = {"question": int(question), "submitted": submitted, "round": round, "ready": ready}
        await self._browser.post_json(f"{self._page.address.split('?')[0]}/presence", body)

    async def _post(self, address: str, body: dict[str, Any]) -> None:
        await asyncio.sleep(self._pace)
        answer = await self._browser.post_json(address, body)
        if answer.status_code >= 400:
            raise ReplayStopped(f"The server refuses {urlsplit(address).path}: {answer.text[:300]}")


def offered_themes(scene: Element, name: str) -> list[int]:
    """The themes of this name that one can choose for a statement; none where the question gives no themes."""
    return [
        int(choice["value"])
        for label in scene.all("label")
        if (choice := label.first("input", name="theme"))
        and (shown := label.first(class_="theme-option-name"))
        and choice["value"].isdigit()
        and shown.text == " ".join(name.split())
    ]
