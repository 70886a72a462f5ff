"""The phone's outbox for statements, kept and sent as `outbox.js` and `delivery.js` do, with a journal beside it."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.load.soak.background import Background
from tests.load.soak.counts import Counts
from tests.load.soak.device import Device
from tests.load.soak.journal import RETRACTED, Journal
from tests.load.soak.line import Dropped, Line

FIRST_WAIT, LONGEST_WAIT = 1.0, 20.0
COME_BACK = (408, 425, 429)
Plant = Callable[[], bool]


class Outbox:
    """Of one tab. What is kept is in the device; `busy`, tries and rest are gone after a reload."""

    def __init__(
        self, address: str, device: Device, line: Line, journal: Journal, counts: Counts, chance: random.Random
    ) -> None:
        self._address, self._device, self._line = address, device, line
        self._journal, self._counts, self._chance = journal, counts, chance
        self._busy, self._tries, self._rest_until = False, 0, 0.0
        self._background = Background()
        self.changed: Callable[[], None] = lambda: None
        self.plant: Plant = lambda: False

    def statements(self) -> dict[str, dict[str, Any]]:
        """Own statements by receipt, the oldest first."""
        return dict(sorted(self._device.all("statement:").items(), key=lambda pair: float(pair[1]["made"])))

    def submit(self, question: int, text: str, theme: int | None) -> None:
        self._add(question, text, theme, None)
        self._counts.add("statements written")
        self.wake()

    def set_aside(self, question: int, text: str, sentence: str, theme: int | None = None) -> None:
        """A text that can't be sent, with the sentence that says why."""
        receipt = self._add(question, text, theme, sentence)
        self._journal.written[receipt].sentence = sentence

    def revise(self, receipt: str, **change: Any) -> None:
        """A newer form: `text=`, or `retracted=`."""
        kept = self._read(receipt)
        if kept is None:
            return
        kept = {**kept, **change, "revision": kept["revision"] + 1, "refusal": None}
        self._journal.write(receipt, kept["revision"], RETRACTED if kept["retracted"] else kept["text"])
        self._journal.written[receipt].sentence = ""
        self._keep(receipt, kept)
        self.wake()

    def retract(self, receipt: str) -> None:
        """Told to the server, unless it was certainly never sent."""
        kept = self._read(receipt)
        if kept is None:
            return
        self._counts.add("retractions")
        if kept["tried"]:
            self.revise(receipt, retracted=True)
            return
        self._journal.write(receipt, kept["revision"] + 1, RETRACTED)
        self._device.forget(f"statement:{receipt}")

    def wake(self) -> None:
        """Sends in the background."""
        self._background.start(self._flush())

    def stop(self) -> None:
        """The page is gone, and what it was doing with it."""
        self._background.stop()

    def _add(self, question: int, text: str, theme: int | None, sentence: str | None) -> str:
        receipt = secrets.token_hex(16)
        kept = {"question": question, "text": text, "theme": theme, "revision": 1, "stored": 0, "made": time.time()}
        self._journal.write(receipt, 1, text)
        self._keep(receipt, {**kept, "retracted": False, "tried": False, "refusal": sentence})
        return receipt

    def _read(self, receipt: str) -> dict[str, Any] | None:
        kept: dict[str, Any] | None = self._device.read(f"statement:{receipt}")
        return kept

    def _keep(self, receipt: str, kept: dict[str, Any]) -> None:
        self._device.write(f"statement:{receipt}", kept)
        self.changed()

    def _due(self, stuck: dict[str, float]) -> str | None:
        rests = time.monotonic() < self._rest_until
        return next(
            (
                receipt
                for receipt, one in self.statements().items()
                if is_waiting(one) and receipt not in stuck and (one["stored"] or not rests)
            ),
            None,
        )

    async def _flush(self) -> None:
        """Everything that waits, the oldest first, one at a time; again after a while when something is in the way.

        One that makes the server fail holds up no other; two that fail are a sign that the line is down.
        """
        if self._busy:
            return
        self._busy = True
        stuck: dict[str, float] = {}
        try:
            while len(stuck) < 2 and (receipt := self._due(stuck)):
                if wait := await self._deliver(receipt):
                    stuck[receipt] = wait
        finally:
            self._busy = False
        wait = max(stuck.values(), default=0.0)
        self._tries = self._tries + 1 if wait else 0
        rest = self._rest_until - time.monotonic() if any(map(is_waiting, self.statements().values())) else 0.0
        if wait or rest > 0:
            await asyncio.sleep(wait or rest)
            await self._flush()

    async def _deliver(self, receipt: str) -> float:
        """0 when it was dealt with, else the seconds to wait before trying again."""
        sent = self._read(receipt)
        assert sent is not None
        self._device.write(f"statement:{receipt}", {**sent, "tried": True})
        if not sent["tried"] and self.plant():
            self._counts.add("marked sent, never delivered")
            self._accept(receipt, sent, {"revision": sent["revision"]})
            return 0
        self._journal.send(receipt, sent["revision"])
        try:
            answer = await self._line.post(*self._request(receipt, sent))
        except Dropped:
            return self._pause(0)
        told = answer.json()
        if answer.is_success:
            self._accept(receipt, sent, told)
        elif told["refusal"] == "too_fast" and not sent["stored"]:
            self._counts.add("asked to come back later")
            self._rest_until = time.monotonic() + max(_seconds(answer), 1) + self._chance.random() / 2
        elif answer.status_code >= 500 or answer.status_code in COME_BACK:
            self._counts.add("asked to come back later")
            return self._pause(_seconds(answer))
        else:
            self._refuse(receipt, sent["revision"], told)
        return 0

    def _request(self, receipt: str, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        body = {"receipt": receipt, "revision": sent["revision"], "question": sent["question"]}
        if sent["retracted"]:
            return f"{self._address}/statements/retract", body
        return f"{self._address}/statements", {**body, "text": sent["text"], "theme": sent["theme"]}

    def _pause(self, asked: float) -> float:
        return max(asked, 0.2) + self._chance.random() * min(FIRST_WAIT * 2**self._tries, LONGEST_WAIT)

    def _accept(self, receipt: str, sent: dict[str, Any], told: dict[str, Any]) -> None:
        """The server has stored it, or something newer stands."""
        kept = self._read(receipt)
        if kept is None:
            return
        stands = told.get("revision", sent["revision"])
        self._journal.confirm(receipt, stands)
        if told.get("status") == "held" and not kept.get("held"):
            self._counts.add("held as late")
        kept = {**kept, "held": told.get("status") == "held"}
        if stands == sent["revision"]:
            kept["standing"] = None if told.get("retracted", sent["retracted"]) else sent["text"]
        if stands > kept["revision"]:
            kept = {**kept, "revision": stands, "retracted": bool(told.get("retracted"))}
        self._keep(receipt, {**kept, "stored": max(kept["stored"], stands)})

    def _refuse(self, receipt: str, revision: int, told: dict[str, Any]) -> None:
        """What stood before stands; a text that can't come in is kept apart with its sentence."""
        kept = self._read(receipt)
        if kept is None or kept["revision"] != revision:
            return
        self._counts.add("refused with a sentence")
        sentence = str(told["message"])
        if stands := told.get("stands"):
            # Of earlier tries the answers may never have been heard.
            standing = None if stands["retracted"] else stands["text"]
            kept = {**kept, "stored": stands["revision"], "standing": standing}
        self._journal.written[receipt].sentence = sentence
        if not kept["stored"]:
            if kept["retracted"]:
                self._device.forget(f"statement:{receipt}")
                self.changed()
            else:
                theme = None if told["refusal"] == "theme_unknown" else kept["theme"]
                self._keep(receipt, {**kept, "theme": theme, "refusal": sentence})
            return
        standing = kept.get("standing")
        if standing is not None and not kept["retracted"] and kept["text"] != standing:
            self.set_aside(kept["question"], kept["text"], sentence, kept["theme"])
        back = {"text": kept["text"] if standing is None else standing, "retracted": standing is None}
        self._keep(receipt, {**kept, **back, "stored": revision})


def is_waiting(kept: dict[str, Any]) -> bool:
    return bool(kept["stored"] < kept["revision"] and not kept["refusal"])


def _seconds(answer: httpx.Response) -> float:
    return float(answer.headers.get("Retry-After", 0))
