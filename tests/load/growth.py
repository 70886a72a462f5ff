"""A question that fills up: what a statement costs when there are none, and when there are two thousand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from tests.load import join, storm
from tests.load.evening import Evening, Place, evening, in_turns, spread
from tests.load.figures import Uses, milliseconds, percentile
from tests.load.phone import Phone
from tests.load.plan import Plan


async def measure(plan: Plan, uses: Uses, place: Place) -> list[dict[str, Any]]:
    """A row per level: at each, some statements are sent at a calm pace and timed, then more until the next one.

    `ack_p50_ms` as in the storm. `tick_ms` is the median time from the release (mixing is off: the acknowledgement)
    to the push that shows the statement in the control room; half of the 100 ms between ticks is part of it.
    """
    async with evening(plan, uses, place, storm.AGENDA) as night:
        await join.let_in(night, plan.growth_people)
        question = await night.lead.begin_next()
        await night.settle()
        sightings, numbers = storm.Sightings(night), itertools.count()
        # In turn, so that nobody comes near ten in a minute.
        hands = itertools.cycle(night.phones)
        rows = []
        for level in plan.growth_levels:
            missing = level - _stored(night, question)
            await in_turns(_writing(hands, question, numbers) for _ in range(missing))
            rows.append({"statements": level, **await _sample(night, sightings, hands, question, numbers)})
        return rows


async def _sample(
    night: Evening, sightings: storm.Sightings, hands: Iterator[Phone], question: int, numbers: Iterator[int]
) -> dict[str, float]:
    acked: dict[int, tuple[float, float]] = {}

    def timing(number: int, phone: Phone) -> Any:
        async def write() -> None:
            seconds = await phone.write(question, storm.text_of(number))
            acked[number] = (seconds, perf_counter())

        return write

    plan = night.plan
    with night.uses.during("growth", len(night.phones), night.pid):
        acts = [timing(next(numbers), next(hands)) for _ in range(plan.growth_sample)]
        await spread(acts, plan.growth_sample / plan.growth_pace)
    await sightings.wait_for(set(acked))
    ticks = [sightings.times[number] - at for number, (_, at) in acked.items() if number in sightings.times]
    return {
        "ack_p50_ms": milliseconds(percentile([seconds for seconds, _ in acked.values()], 0.5)),
        "tick_ms": milliseconds(percentile(ticks, 0.5)),
    }


def _writing(hands: Iterator[Phone], question: int, numbers: Iterator[int]) -> Any:
    phone, text = next(hands), storm.text_of(next(numbers))
    return lambda: phone.write(question, text)


def _stored(night: Evening, question: int) -> int:
    return int(night.read("SELECT count(*) FROM statement WHERE question_id = ?", question)[0][0])
