"""Who holds a phone: writes, edits, takes back, divides points and changes their mind, as the scene allows."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from tests.load.soak.counts import Counts
from tests.load.soak.phone import Phone
from tests.load.soak.scene import Scene

WORDS = ("meer", "groen", "in", "de", "straat,", "veilig", "bij", "school", "’s avonds", "café", "👍🏽", "زيارة")
WHILE_COLLECTING = {"write": 60, "edit": 25, "retract": 10, "put back": 5}


class Person:
    """Acts once every `pause` seconds on average and has so many `thoughts` on a question; some have them quicker,
    and more than anybody may send."""

    def __init__(self, phone: Phone, number: int, seed: int, counts: Counts, pause: float, thoughts: int) -> None:
        self._phone, self._counts = phone, counts
        self._chance = random.Random(f"{seed} person {number}")
        haste = 4 if number % 10 == 7 else 1
        self._pause, self._thoughts = pause / haste, thoughts * haste
        self._name, self._texts = f"{number}", 0

    async def take_part(self) -> None:
        while True:
            scene = self._phone.scene
            slow = self._pause if scene.kind in ("collect", "cluster") else self._pause / 4
            await asyncio.sleep(self._chance.expovariate(1 / slow))
            scene = self._phone.scene
            if scene.kind == "collect":
                await self._write_or_change(scene)
            elif scene.kind == "cluster":
                self._change_held(scene)
            elif scene.kind == "vote":
                self._give_or_take(scene)

    async def _write_or_change(self, scene: Scene) -> None:
        act = self._chance.choices(list(WHILE_COLLECTING), list(WHILE_COLLECTING.values()))[0]
        outbox, own = self._phone.tab.outbox, self._own(scene)
        if act == "write":
            if len(own) < self._thoughts:
                await self._write(scene)
            return
        standing = [receipt for receipt, one in own if not one["retracted"] and not one["refusal"]]
        if act == "edit" and standing:
            self._counts.add("edits")
            outbox.revise(self._chance.choice(standing), text=self._new_text())
        elif act == "retract" and standing:
            outbox.retract(self._chance.choice(standing))
        elif act == "put back" and (gone := [receipt for receipt, one in own if one["retracted"]]):
            self._counts.add("put back")
            outbox.revise(self._chance.choice(gone), retracted=False)

    async def _write(self, scene: Scene) -> None:
        """Types for a while, during which the moderator may go on and the page may be loaded anew."""
        draft, text = f"draft:{scene.question}", self._new_text()
        self._phone.device.write(draft, text)
        await asyncio.sleep(self._pause * self._chance.uniform(0.1, 0.5))
        text = self._phone.device.read(draft)
        now, outbox = self._phone.scene, self._phone.tab.outbox
        theme = self._chance.choice([*scene.about, None]) if scene.about else None
        is_welcome = now.question == scene.question and (now.kind == "collect" or now.takes_late)
        if is_welcome:
            outbox.submit(scene.question, text, theme)
        else:
            outbox.set_aside(scene.question, text, "Collecting has closed. Your text is still here.", theme)
        self._phone.device.forget(draft)

    def _change_held(self, scene: Scene) -> None:
        """A late statement may be taken back until it has come in; a tap on the button may come just too late."""
        held = [receipt for receipt, one in self._own(scene) if one.get("held") and not one["retracted"]]
        if held and self._chance.random() < 0.3:
            self._phone.tab.outbox.retract(self._chance.choice(held))

    def _give_or_take(self, scene: Scene) -> None:
        purse = self._phone.tab.purse
        if self._chance.random() < 0.1:
            purse.toggle_ready(scene.round_id)
            return
        theme, change = self._chance.choice(scene.themes), self._chance.choice((1, 1, -1))
        purse.give(scene.round_id, theme, change, scene.budget, scene.limit)

    def _own(self, scene: Scene) -> list[tuple[str, dict[str, Any]]]:
        own = self._phone.tab.outbox.statements().items()
        return [(receipt, one) for receipt, one in own if one["question"] == scene.question]

    def _new_text(self) -> str:
        """Never the same twice in one run."""
        self._texts += 1
        words = " ".join(self._chance.choices(WORDS, k=self._chance.randint(2, 9)))
        return f"{words} ({self._name}.{self._texts})"
