"""Giving points: the whole allocation at once, changeable until the vote closes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.ballots import check_allocation
from app.domain.events import AllocationSet
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_revision, is_newer
from app.store import ballots as stored
from app.store import questions
from app.store.tables import Ballot, ModerationSession, Round


async def allocate(db: AsyncSession, session: ModerationSession, batches: OpenBatches, **arguments: Any) -> Outcome:
    """One allocation; see `allocate_all`."""
    outcome = (await allocate_all(db, session, [arguments], batches))[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def allocate_all(
    db: AsyncSession, session: ModerationSession, waiting: list[dict[str, Any]], batches: OpenBatches
) -> list[Outcome | Exception]:
    """All waiting allocations: rules per item, one insert for first ballots.

    Each item has voter_key, round_id, revision, points (theme id as text to a whole number). An answer is what
    stands: the revision and the points.
    """
    votes: dict[int, tuple[Round, frozenset[int], dict[str, Ballot]] | None] = {}
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    outcomes: list[Outcome | Exception] = []
    for item in waiting:
        try:
            vote = await _open_vote(db, session, item["round_id"], votes, waiting)
            outcomes.append(_allocate_one(item, *vote, rows))
        except Refusal as refusal:
            outcomes.append(refusal)
    if rows:
        await db.exec(insert(Ballot), params=list(rows.values()))
    return outcomes


async def _open_vote(
    db: AsyncSession,
    session: ModerationSession,
    round_id: int,
    votes: dict[int, tuple[Round, frozenset[int], dict[str, Ballot]] | None],
    waiting: list[dict[str, Any]],
) -> tuple[Round, frozenset[int], dict[str, Ballot]]:
    if round_id not in votes:
        found = await questions.round_by_id(db, int(session.id or 0), round_id)
        keys = [item["voter_key"] for item in waiting if item["round_id"] == round_id]
        votes[round_id] = (
            None
            if found is None
            else (
                found,
                frozenset(theme.theme_id for theme in await questions.themes_of_round(db, round_id)),
                await stored.by_voter_keys(db, round_id, keys),
            )
        )
    vote = votes[round_id]
    if vote is None:
        raise Refusal(Reason.VOTE_NOT_OPEN)
    if vote[0].closed or session.status != Status.OPEN:
        raise Refusal(Reason.VOTE_IS_CLOSED)
    return vote


def _allocate_one(
    item: dict[str, Any],
    vote: Round,
    themes: frozenset[int],
    ballots: dict[str, Ballot],
    rows: dict[tuple[int, str], dict[str, Any]],
) -> Outcome:
    revision = check_revision(item["revision"])
    allocation = check_allocation(item["points"], themes, vote.budget, vote.limit_per_theme)
    points = {str(theme): given for theme, given in allocation.items()}
    key = item["voter_key"]
    ballot = ballots.get(key)
    if ballot is not None and not is_newer(revision, ballot.revision):
        return Outcome([], {"revision": ballot.revision, "points": ballot.points})
    if ballot is None:
        ballots[key] = Ballot(round_id=int(vote.id or 0), voter_key=key, revision=revision, points=points)
        rows[(int(vote.id or 0), key)] = {
            "round_id": vote.id,
            "voter_key": key,
            "revision": revision,
            "points": points,
        }
    else:
        ballot.revision, ballot.points = revision, points
        if (row := rows.get((int(vote.id or 0), key))) is not None:
            row.update(revision=revision, points=points)
    return Outcome([AllocationSet()], {"revision": revision, "points": points})
