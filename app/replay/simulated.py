"""A simulated participant of a session that a person leads: follows what the phone shows, and does what it allows."""

import asyncio
import secrets
from collections.abc import Awaitable
from random import Random

import httpx

from app.domain.statements import normalise
from app.replay.ballot import allocation, choose_points
from app.replay.count import Count
from app.replay.deal import Deal, Part
from app.replay.participant import chosen_theme
from app.replay.phone import Phone
from app.replay.plan import Written
from app.replay.scene import Scene

ENDED = "ended"
# Changes are heard of at once; this only bounds how long one waits between them.
LONGEST_WAIT = 600.0
NO_ROOM = "enough_statements"


class SimulatedParticipant:
    """`pace`: seconds between two acts, more or less; 0 is as fast as may be."""

    def __init__(self, phone: Phone, number: int, seed: int, pace: float, deal: Deal, count: Count) -> None:
        """`number` counts the participants from 0."""
        self.phone, self._number, self._pace = phone, number, pace
        self._deal, self._count = deal, count
        self._chance = Random(f"{seed} participant {number}")
        self._unsaid: dict[str, list[Written]] = {}
        self._submitted: set[str] = set()
        self._divided: set[int] = set()
        self._told: tuple[object, ...] = ()

    async def take_part(self) -> None:
        """Until the session has ended, or the phone is no longer in it."""
        while self.phone.scene.phase != ENDED and not self.phone.live.is_gone:
            if not await self._act(self.phone.scene):
                await self.phone.live.change(LONGEST_WAIT)

    async def _act(self, scene: Scene) -> bool:
        """One thing that the scene allows; False when there is none left."""
        if scene.phase == "collect" and (unsaid := self._left_to_say(scene)):
            await self._write(scene, unsaid)
            return True
        if scene.phase == "vote" and scene.round not in self._divided:
            await self._vote(scene)
            return True
        return await self._tell(scene)

    async def _write(self, scene: Scene, unsaid: list[Written]) -> None:
        """Types, and sends it also when collecting closed meanwhile, for as long as late statements are taken."""
        await self._think()
        now = self.phone.scene
        is_welcome = now.question == scene.question and (now.phase == "collect" or now.takes_late)
        if not is_welcome:
            return
        written = unsaid.pop(0)
        theme = chosen_theme(scene, written, self._part(scene).themes) or self._some_theme(scene)
        self._count.sent += 1
        answer = await self._timed(self.phone.send_statement(scene, secrets.token_hex(16), written.text, theme))
        if answer.is_success:
            self._count.acknowledged += 1
            self._count.held += answer.status_code == 202
            self._submitted.add(scene.question)
            return
        self._count.refuse(answer)
        if NO_ROOM in answer.text:
            unsaid.clear()

    async def _vote(self, scene: Scene) -> None:
        """Taps, with the whole allocation sent when half of them are done and at the end; then ready."""
        taps = choose_points(scene.voted_on, scene.budget, scene.limit, self._part(scene).points, self._chance)
        counted = 0
        for until in dict.fromkeys((len(taps) // 2, len(taps)) if self._pace else (len(taps),)):
            await self._think()
            if self.phone.scene.round != scene.round or self.phone.scene.phase != "vote":
                return
            if not until:
                continue
            self._count.ballots_sent += 1
            answer = await self._timed(self.phone.send_points(scene, until, allocation(taps[:until])))
            if not answer.is_success:
                self._divided.add(scene.round)
                return self._count.refuse(answer)
            self._count.ballots_acknowledged += 1
            self._count.points += until - counted
            counted = until
        self._divided.add(scene.round)

    async def _tell(self, scene: Scene) -> bool:
        """What the phone says of itself, again after each break: a server that came back has forgotten it."""
        submitted, ready = scene.question in self._submitted, scene.phase == "vote" and scene.round in self._divided
        round_id = scene.round if scene.phase == "vote" else None
        told = (scene.phase, scene.question, submitted, ready, self.phone.live.times_open)
        if told == self._told or not scene.question or not (submitted or ready):
            return False
        self._told = told
        await self.phone.tell(scene.question, submitted, round_id, ready)
        return True

    async def _think(self) -> None:
        await asyncio.sleep(self._pace * self._chance.uniform(0.3, 1.7))

    async def _timed(self, sending: Awaitable[httpx.Response]) -> httpx.Response:
        loop, rested = asyncio.get_running_loop(), self.phone.browser.rested
        began = loop.time()
        answer = await sending
        waited = self.phone.browser.rested - rested
        self._count.asked_to_wait += waited > 0
        if answer.is_success:
            self._count.waits.append(max(0.0, loop.time() - began - waited))
        return answer

    def _left_to_say(self, scene: Scene) -> list[Written]:
        """What fits into the question and was not sent yet, in the order of the file."""
        if scene.question not in self._unsaid:
            statements = self._part(scene).statements
            fitting = [one for one in statements if len(normalise(one.text)) <= scene.longest]
            self._count.unfit += len(statements) - len(fitting)
            self._unsaid[scene.question] = fitting
        return self._unsaid[scene.question]

    def _part(self, scene: Scene) -> Part:
        return self._deal.part(scene.question, scene.text, self._number)

    def _some_theme(self, scene: Scene) -> str:
        """Of a question with other themes than the file's, one by chance."""
        return self._chance.choice(scene.offered).id if scene.offered else ""
