"""One statement from each of N people within five seconds, without mixing: the control room shows each at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from tests.load.evening import Evening, spread
from tests.load.figures import milliseconds, percentile
from tests.load.lead import Asked
from tests.load.phone import Phone

AGENDA = [Asked("Wat zou u morgen veranderen als u het voor het zeggen had?")]
MARK = re.compile(rb"\(nr (\d+)\)")
SEEN_WITHIN = 30.0


class Sightings:
    """When each statement, known by the number in its text, was pushed to the control room first."""

    def __init__(self, evening: Evening) -> None:
        self.times: dict[int, float] = {}
        evening.lead.socket.hear = self._hear

    def _hear(self, now: float, pushed: bytes) -> None:
        for number in MARK.findall(pushed):
            self.times.setdefault(int(number), now)

    async def wait_for(self, numbers: set[int]) -> None:
        """Until all were seen, but not for ever."""
        began = perf_counter()
        while not numbers <= self.times.keys() and perf_counter() - began < SEEN_WITHIN:
            await asyncio.sleep(0.05)


def text_of(number: int) -> str:
    return f"Meer ontmoeting in de buurt, en een vast gezicht van de gemeente (nr {number})"


async def measure(evening: Evening) -> dict[str, Any]:
    """The row of the table.

    `acked` were answered 200, 201 or 202, sent again with the same receipt where the server was busy; `stored` is
    counted in the database file; `lost` were acknowledged and are not in it, `doubled` are in it more than once.
    `ack` runs from the first sending to the acknowledgement, `seen` from the first sending to the push that shows the
    statement in the control room; one that is never shown counts with the time waited for it.
    """
    question = await evening.lead.begin_next()
    await evening.settle()
    sightings, sent_at = Sightings(evening), dict[int, float]()

    def writing(number: int, phone: Phone) -> Any:
        async def write() -> float:
            sent_at[number] = perf_counter()
            return await phone.write(question, text_of(number))

        return write

    with evening.uses.during("storm", len(evening.phones), evening.pid):
        acts = [writing(number, phone) for number, phone in enumerate(evening.phones)]
        answers = await spread(acts, evening.plan.storm_span)
    acked = {number: seconds for number, seconds in enumerate(answers) if isinstance(seconds, float)}
    await sightings.wait_for(set(acked))
    evening.lead.socket.hear = None
    now, texts = perf_counter(), evening.read("SELECT text FROM statement WHERE question_id = ?", question)
    seen = [sightings.times.get(number, now) - sent_at[number] for number in acked]
    return {
        "n": len(evening.phones),
        "sent": len(sent_at),
        **kept(set(acked), [text for (text,) in texts]),
        **_times(list(acked.values()), seen),
    }


def kept(acked: set[int], texts: Sequence[str]) -> dict[str, int]:
    """What became of the statements with these numbers, by the texts that are stored."""
    distinct = set(texts)
    lost = sum(text_of(number) not in distinct for number in acked)
    return {"acked": len(acked), "stored": len(texts), "lost": lost, "doubled": len(texts) - len(distinct)}


def _times(acked: list[float], seen: list[float]) -> dict[str, float]:
    return {
        "ack_p50_ms": milliseconds(percentile(acked, 0.5)),
        "ack_p99_ms": milliseconds(percentile(acked, 0.99)),
        "seen_p99_ms": milliseconds(percentile(seen, 0.99)),
    }
