"""One participant of a session that is played from a file: writes, divides points, and looks at the result."""

import asyncio
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from app.replay.browser import Browser
from app.replay.phone import Phone
from app.replay.plan import Written
from app.replay.scene import Scene
from app.replay.stops import ReplayStopped

PATIENCE = 60.0
SILENCE = 5.0


class Participant:
    """Does what the script says, at the moment it says so; every statement has a receipt of its own."""

    def __init__(self, browser: Browser, pace: float) -> None:
        self._phone, self._pace = Phone(browser), pace

    async def join(self, code: str) -> None:
        await self._phone.join(code, self._pace)

    async def leave(self) -> None:
        await self._phone.leave()

    async def write(self, question: str, statements: Sequence[Written], themes: Sequence[str]) -> None:
        """Everything this person has to say on the question, one statement at a time, each with its theme where the
        phone asks for it. `themes` are the names of the printed ones."""
        await self.see("collect", question)
        if not statements:
            return
        for written in statements:
            await asyncio.sleep(self._pace)
            scene, receipt = self._phone.scene, secrets.token_hex(16)
            theme = chosen_theme(scene, written, themes)
            _check(await self._phone.send_statement(scene, receipt, written.text, theme))
        await self._phone.tell(question, submitted=True)

    async def vote(self, question: str, ballot: Sequence[int]) -> None:
        """The whole allocation, in the order of the themes on the phone; then ready."""
        await self.see("vote", question)
        scene = self._phone.scene
        await self._phone.ask_own_points(scene)
        points = {theme.id: given for theme, given in zip(scene.voted_on, ballot, strict=True) if given}
        if points:
            await asyncio.sleep(self._pace)
            _check(await self._phone.send_points(scene, sum(points.values()), points))
        await self._phone.tell(question, submitted=True, round=scene.round, ready=True)

    async def see(self, phase: str, question: str = "") -> None:
        """Until the phone shows it. A person who waits too long loads the page again."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while self._phone.scene.phase != phase or (question and self._phone.scene.question != question):
            if asyncio.get_running_loop().time() > until:
                raise ReplayStopped(f"A phone shows “{self._phone.scene.phase}” and never came to “{phase}”.")
            if not await self._phone.live.change(SILENCE):
                await self._phone.reload()


def chosen_theme(scene: Scene, written: Written, themes: Sequence[str]) -> str:
    """The id of the statement's theme where the scene offers it, else empty; of namesakes the one at the same place
    among them. `themes` are the names of the printed ones."""
    name = themes[written.theme]
    offered = scene.offered_as(name)
    place = themes[: written.theme].count(name)
    return offered[min(place, len(offered) - 1)].id if offered else ""


def _check(answer: httpx.Response) -> None:
    if answer.status_code >= 400:
        raise ReplayStopped(f"The server refuses {urlsplit(str(answer.url)).path}: {answer.text[:300]}")
