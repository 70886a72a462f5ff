"""The moderator's desk: forms sent from the control room, until it shows that what they ask for has happened."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from app.replay.browser import AnswerLost, Browser
from app.replay.control_room import ControlRoom, said
from app.replay.page import Form, Page
from app.replay.stops import ReplayStopped

TRIES = 5


class Desk:
    """`room` is the control room as it was shown last."""

    def __init__(self, browser: Browser, pace: float) -> None:
        self._browser, self._pace = browser, pace
        self.room = ControlRoom(Page(0, "", ""))

    def show(self, page: Page) -> None:
        self.room = ControlRoom(page)

    async def until(self, done: Callable[[], bool], form: Callable[[], Form], pressed: str | None = None) -> None:
        """Presses until the control room shows that it happened: an answer may be lost, a page may be stale."""
        answer: Page | None = None
        for _ in range(TRIES):
            if done():
                return
            try:
                page = await self.send(form(), pressed, stops=False)
                question = next((form for form in page.forms() if form.named("confirmed")), None)
                answer = await self.send(question, stops=False) if question else page
                self.show(answer)
                if not self.room.is_whole:
                    await self.look_again()
            except AnswerLost:
                await self.look_again()
        if not done():
            raise ReplayStopped(f"The server does not go on: {said(answer or self.room.page)}")

    async def look_again(self) -> None:
        """The whole control room, where an answer told only what had changed on it."""
        self.show(await self._browser.open(self.room.page.address))

    async def send(self, form: Form, pressed: str | None = None, stops: bool = True) -> Page:
        await asyncio.sleep(self._pace)
        try:
            page = await self._browser.submit(form, pressed)
        except AnswerLost as error:
            if stops:
                raise ReplayStopped(f"The connection broke during {urlsplit(form.action).path}.") from error
            raise
        if stops and page.status >= 400:
            raise ReplayStopped(f"The server refuses {urlsplit(form.action).path}: {said(page)}")
        return page
