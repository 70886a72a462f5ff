"""What is told of a closed vote beside its points tells nobody's ballot: as a function that fails where it does."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import refresh
from app.screens.report import build_report
from app.store import questions
from tests.promises.secrecy import demand_same
from tests.world import POSITIVE, World, make_world

Ballots = list[dict[int, int]]
# Each time two groups whose votes give the same points from as many people, as far as that may be told, and whose
# ballots differ: how far two people are apart, or whether everybody gave two themes the same.
ALIKE: dict[str, tuple[Ballots, Ballots]] = {
    "nine ballots": (
        [{0: 3}, {0: 1}, *[{0: 1, 1: 1}] * 4, *[{1: 2}] * 3],
        [{0: 2}, {0: 2}, *[{0: 1, 1: 1}] * 4, *[{1: 2}] * 3],
    ),
    "two who gave points": (
        [{1: 7}, {1: 1}, *[{0: 2}] * 10],
        [{1: 4}, {1: 4}, *[{0: 2}] * 10],
    ),
    "two themes that tie": (
        [{0: 2, 1: 2}, *[{0: 1, 1: 1}] * 11],
        [{0: 2, 1: 1}, {0: 1, 1: 2}, *[{0: 1, 1: 1}] * 10],
    ),
    "one giver or two": (
        [{0: 1, 1: 2}, {0: 3}, {0: 3}],
        [{0: 2, 1: 1}, {0: 2, 1: 1}, {0: 3}],
    ),
}


async def check_figures_tell_no_ballot(world: World) -> None:
    """Groups whose ballots differ, but not what may be told of them, look the same on every screen and in every row."""
    for what, pair in ALIKE.items():
        one, two = [await _told_of(world, ballots) for ballots in pair]
        demand_same(
            {f"{where}, {what}": text for where, text in one.items()}, {f"{w}, {what}": t for w, t in two.items()}
        )


async def _told_of(world: World, cast: Ballots) -> dict[str, str]:
    """All that is shown, reported and stored of a vote with these ballots, without what differs from group to group."""
    group = await make_world(world.app, (QuestionSettings(POSITIVE, budget=8),), seats=len(cast))
    await group.advance_to(Phase.CLUSTER)
    made = [await group.make_theme(name) for name in ("Samenwerking", "Veiligheid")]
    await group.advance("start_vote")
    for seat, points in zip(group.seats, cast, strict=True):
        await group.vote(seat, {made[place]: given for place, given in points.items()})
    await group.advance()
    session, question = await group.row(), await group.question()
    seen: dict[str, str] = {}
    async with group.parts.database.reader() as db:
        for screen in refresh.SCREENS:
            drawn = (await refresh.draw_whole(db, screen, session, ["nl"], Presence(connected=9)))["nl"]
            seen[screen] = _words(drawn).replace(_spaced(session.code), "")
        vote = await questions.last_round(db, question.id)
        assert vote is not None and vote.ballots == len(cast)
        rows = await questions.themes_of_round(db, int(vote.id or 0))
        seen["what is stored"] = f"{vote.stable} {[(row.points, row.spread) for row in rows]}"
        report = await build_report(db, group.session)
    seen["the report"] = str(dataclasses.asdict(report.questions[0].rounds[-1]))
    return seen


def _words(html: str) -> str:
    """What is read on a page: keys stand in its tags only."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "\n", html))


def _spaced(code: Any) -> str:
    return f"{code[:3]} {code[3:]}"
