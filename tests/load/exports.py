"""Ten reports of two thousand statements each while people write: what the room notices of it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from app.exports import json_archive
from tests.exports.reports import a_large_one
from tests.load import join, storm
from tests.load.evening import Evening, Place, evening
from tests.load.figures import Uses, milliseconds, percentile
from tests.load.lead import Lead
from tests.load.phone import Phone
from tests.load.plan import Plan

FIRST_SESSION = Path(__file__).parents[2] / "app/demo/district-team-2005.json"
TRIES = 5


async def measure(plan: Plan, uses: Uses, place: Place) -> dict[str, Any]:
    """The row of the table.

    `first_session_ms` and `large_ms` are medians from the request of one report to its last byte, with nothing else
    going on and the process that makes them warm. `ack_p99_ms_without` and `ack_p99_ms_with` are those of statements
    sent at a calm pace, the second while `reports` large ones of as many sessions are asked for at once, until the
    last is there after `seconds`; `acked` are the statements of each.
    """
    async with evening(plan, uses, place, storm.AGENDA) as night:
        # One for each try: what was made is kept for a moment, and would be handed over again.
        small = [await night.lead.bring_in(FIRST_SESSION.read_bytes()) for _ in range(TRIES + 1)]
        large = [await night.lead.bring_in(_archive(plan, number)) for number in range(plan.reports)]
        await night.lead.report(small[0])
        times = {
            "first_session_ms": await _alone(night.lead, small[1:]),
            "large_ms": await _alone(night.lead, large[:TRIES]),
        }
        await join.let_in(night, plan.growth_people)
        question = await night.lead.begin_next()
        await night.settle()
        writing = _Writing(night, question)
        with uses.during("exports, without", len(night.phones), night.pid):
            without = await writing.during(asyncio.sleep(plan.exports_span))
        began = perf_counter()
        with uses.during("exports, with", len(night.phones), night.pid):
            alongside = await writing.during(_at_once(night.lead, large))
        return {
            "reports": len(large),
            "statements_each": plan.report_statements,
            **times,
            "seconds": round(perf_counter() - began, 1),
            "acked": f"{len(without)}, {len(alongside)}",
            "ack_p99_ms_without": milliseconds(percentile(without, 0.99)),
            "ack_p99_ms_with": milliseconds(percentile(alongside, 0.99)),
        }


def _archive(plan: Plan, number: int) -> bytes:
    report = a_large_one(statements=plan.report_statements)
    return json_archive.write(replace(report, status="ended", code=None, title=f"Een lange dag, groep {number}"), "nl")


async def _alone(lead: Lead, sessions: Sequence[int]) -> float:
    """One after another, in English, in which none is asked for later; the median."""
    return milliseconds(percentile([await _timed(lead, session) for session in sessions], 0.5))


async def _timed(lead: Lead, session: int) -> float:
    began = perf_counter()
    await lead.report(session, "en")
    return perf_counter() - began


async def _at_once(lead: Lead, sessions: Sequence[int]) -> None:
    await asyncio.gather(*(lead.report(session) for session in sessions))


class _Writing:
    """Everybody in turn, at a pace at which nobody comes near ten statements in a minute."""

    def __init__(self, night: Evening, question: int) -> None:
        self._pace, self._question = night.plan.exports_pace, question
        self._hands: Iterator[Phone] = itertools.cycle(night.phones)
        self._numbers = itertools.count()

    async def during(self, act: Any) -> list[float]:
        """Seconds until each was acknowledged that was sent while the act went on."""
        going, sent = asyncio.ensure_future(act), []
        while not going.done():
            sent.append(asyncio.create_task(self._one()))
            await asyncio.sleep(1 / self._pace)
        await going
        return await asyncio.gather(*sent)

    async def _one(self) -> float:
        return await next(self._hands).write(self._question, storm.text_of(next(self._numbers)))
