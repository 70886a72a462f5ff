"""What is pushed to one participant in a whole session: fifty people, four statements each, eight themes, a vote."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from tests.load import join, storm, votes
from tests.load.evening import Evening, Place, evening, in_turns
from tests.load.figures import Uses
from tests.load.lead import Asked
from tests.load.plan import Plan

AGENDA = [Asked("Wat gaat er goed in de wijk, en wat kan beter?", ("collect", "cluster", "vote"), budget=5)]


async def measure(plan: Plan, uses: Uses, place: Place) -> dict[str, Any]:
    """The most that any participant's socket received, from joining to the end of the session, in bytes of text.

    Statements are mixed, as they are by default; there is no timer, and people take seconds where they would take
    minutes, so counts while waiting are pushed less often than on a night.
    """
    async with evening(plan, uses, place, AGENDA, mixing=True) as night:
        await join.let_in(night, plan.people)
        question = await night.lead.begin_next()
        await night.settle()
        for turn in range(plan.statements_each):
            await in_turns(_writing(night, question, turn, seat) for seat in range(plan.people))
        await night.lead.go_on_to("cluster")
        await _order(night)
        await night.lead.go_on_to("vote")
        await night.settle()
        await _vote(night)
        await night.lead.go_on_to("result")
        await night.settle()
        await night.lead.go_on_to("ended")
        await night.settle()
        await asyncio.sleep(plan.count_span)
        return {"pushed_bytes": max(phone.socket.bytes for phone in night.phones)}


def _writing(night: Evening, question: int, turn: int, seat: int) -> Any:
    text = storm.text_of(turn * night.plan.people + seat)
    return lambda: night.phones[seat].write(question, text)


async def _order(night: Evening) -> None:
    """All statements under themes, the same number under each."""
    lead, count = night.lead, night.plan.themes
    cards = [card.id for card in lead.room.cards]
    themes = [await lead.make_theme(f"Thema {number}") for number in range(1, count + 1)]
    for at, theme in enumerate(themes):
        await lead.put(cards[at::count], theme)


async def _vote(night: Evening) -> None:
    round_id, themes = await votes.ballot_paper(night.phones[0])
    chance = random.Random(5)
    for phone in night.phones:
        points = dict.fromkeys(chance.sample(list(themes), min(5, len(themes))), 1)
        await phone.send("/allocation", {"round": round_id, "revision": 1, "points": points})
        await phone.send("/presence", {"round": round_id, "ready": True})
