"""Everybody divides points and changes their mind: five allocations each within ten seconds."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.domain.anonymity import voter_key
from tests.load.evening import Evening, spread
from tests.load.figures import milliseconds, percentile
from tests.load.lead import Asked
from tests.load.phone import Phone

BUDGET = 8
THEMES = tuple(f"Thema {number}" for number in range(1, 9))
AGENDA = [Asked("Wat is het belangrijkst?", ("vote",), THEMES, BUDGET)]


@dataclass
class Voter:
    """One participant: the allocation that was acknowledged last, and how long each took."""

    phone: Phone
    revision: int = 0
    points: dict[str, int] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    async def allocate(self, round_id: int, revision: int, points: dict[str, int]) -> None:
        took = await self.phone.send("/allocation", {"round": round_id, "revision": revision, "points": points})
        self.seconds.append(took)
        if revision > self.revision:
            self.revision, self.points = revision, points


async def measure(evening: Evening) -> dict[str, Any]:
    """The row of the table.

    `lost`: people whose stored ballot, just before the close, is not the allocation that was acknowledged to them last.
    `over_budget`: stored ballots with more points than there are. `tally_exact`: after the close the archive's points
    are, theme by theme, the sum of the allocations acknowledged last.
    """
    chance = random.Random(5)
    await evening.lead.begin_next()
    await evening.settle()
    round_id, themes = await ballot_paper(evening.phones[0])
    voters = [Voter(phone) for phone in evening.phones]
    acts = [
        _allocating(voter, round_id, revision, _some_points(chance, list(themes)))
        for revision in range(1, evening.plan.allocations + 1)
        for voter in voters
    ]
    with evening.uses.during("votes", len(voters), evening.pid):
        await spread(acts, evening.plan.vote_span)
    stored = dict(_stored(evening, round_id))
    await evening.lead.go_on_to("result")
    archive = await evening.lead.archive()
    took = [seconds for voter in voters for seconds in voter.seconds]
    return {
        "n": len(voters),
        "acked": len(took),
        "lost": sum(is_lost(voter, round_id, stored) for voter in voters),
        "over_budget": sum(sum(points.values()) > BUDGET for _, points in stored.values()),
        "tally_exact": _points_of(archive) == _sums(voters, themes),
        "ack_p99_ms": milliseconds(percentile(took, 0.99)),
    }


async def ballot_paper(phone: Phone) -> tuple[int, dict[str, str]]:
    """The round, and the themes (id to name) as they stand on a phone."""
    page = (await phone.get(phone.path)).body.decode()
    names = re.findall(r'data-theme="(\d+)".*?theme-name-text" dir="auto">([^<]+)<', page, re.DOTALL)
    return int(re.findall(r'data-round="(\d+)"', page)[0]), dict(names)


def _allocating(voter: Voter, round_id: int, revision: int, points: dict[str, int]) -> Any:
    return lambda: voter.allocate(round_id, revision, points)


def _some_points(chance: random.Random, themes: list[str]) -> dict[str, int]:
    """Any number of points up to the budget, on any themes."""
    return dict(Counter(chance.choices(themes, k=chance.randint(1, BUDGET))))


def _stored(evening: Evening, round_id: int) -> list[tuple[str, tuple[int, dict[str, int]]]]:
    rows = evening.read("SELECT voter_key, revision, points FROM ballot WHERE round_id = ?", round_id)
    return [(key, (revision, json.loads(points))) for key, revision, points in rows]


def is_lost(voter: Voter, round_id: int, stored: dict[str, tuple[int, dict[str, int]]]) -> bool:
    if not voter.revision:
        return False
    return stored.get(voter_key(voter.phone.token, round_id)) != (voter.revision, voter.points)


def _sums(voters: list[Voter], themes: dict[str, str]) -> dict[str, int]:
    sums = Counter(dict.fromkeys(themes.values(), 0))
    for voter in voters:
        sums.update({themes[theme]: points for theme, points in voter.points.items()})
    return dict(sums)


def _points_of(archive: Any) -> dict[str, int]:
    """The points of each theme; the archive leaves out a zero."""
    voted = next(question for question in archive["questions"] if question["text"] == AGENDA[0].text)
    return {theme["name"]: theme["points"] or 0 for theme in voted["themes"]}
