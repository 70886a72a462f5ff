"""Giving points: the whole allocation at once, changeable until the vote closes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.ballots import check_allocation
from app.domain.events import AllocationSet
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_revision, is_newer
from app.domain.verification import beginnings, code_for_holder, code_of, hash_secret
from app.store import ballots as stored
from app.store import questions
from app.store.ballots import Standing
from app.store.tables import ModerationSession, Round


async def allocate(db: AsyncSession, session: ModerationSession, batches: OpenBatches, **arguments: Any) -> Outcome:
    """One allocation; see `allocate_all`."""
    outcome = (await allocate_all(db, session, [arguments], batches))[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def allocate_all(
    db: AsyncSession, session: ModerationSession, waiting: list[dict[str, Any]], batches: OpenBatches
) -> list[Outcome | Exception]:
    """All waiting allocations: rules per item, one statement for all ballots that are new or change.

    Each item has voter_key, round_id, revision, points (theme id as text to a whole number), and may have a ballot
    secret. An answer is what stands: the revision and the points, and where anyone can verify the tally the code, for
    who sent the secret of this ballot.
    """
    votes: dict[int, _Vote | None] = {}
    outcomes: list[Outcome | Exception] = []
    for item in waiting:
        try:
            outcomes.append(_allocate_one(item, await _open_vote(db, session, item["round_id"], votes, waiting)))
        except Refusal as refusal:
            outcomes.append(refusal)
    rows = [row for vote in votes.values() if vote is not None for row in vote.rows()]
    if rows:
        await stored.put_all(db, rows)
    return outcomes


@dataclass
class _Vote:
    """A round, what it is about, the ballots of those who wait, by voter key, and of the codes given out those that
    they could have."""

    round: Round
    themes: frozenset[int]
    standing: dict[str, Standing]
    codes: set[str]
    changed: set[str] = field(default_factory=set)

    def rows(self) -> list[dict[str, Any]]:
        """The ballots that are new or changed, as they will stand."""
        return [
            {"round_id": self.round.id, "voter_key": key, **ballot._asdict()}
            for key, ballot in self.standing.items()
            if key in self.changed
        ]


async def _open_vote(
    db: AsyncSession,
    session: ModerationSession,
    round_id: int,
    votes: dict[int, _Vote | None],
    waiting: list[dict[str, Any]],
) -> _Vote:
    """The round, read once for all who wait. Raises Refusal when there is no such vote, or when it has closed."""
    if round_id not in votes:
        found = await questions.round_by_id(db, int(session.id or 0), round_id)
        items = [item for item in waiting if item["round_id"] == round_id]
        votes[round_id] = await _read_vote(db, found, items) if found is not None else None
    vote = votes[round_id]
    if vote is None:
        raise Refusal(Reason.VOTE_NOT_OPEN)
    if vote.round.closed or session.status != Status.OPEN:
        raise Refusal(Reason.VOTE_IS_CLOSED)
    return vote


async def _read_vote(db: AsyncSession, found: Round, items: list[dict[str, Any]]) -> _Vote:
    round_id = int(found.id or 0)
    themes = frozenset(theme.theme_id for theme in await questions.themes_of_round(db, round_id))
    standing = await stored.by_voter_keys(db, round_id, [item["voter_key"] for item in items])
    # Of those that are given out only what could be the code of one that waits; where nobody has a code nothing.
    sent = beginnings(item.get("secret") for item in items) if found.verifiable else set()
    taken = await stored.secret_hashes(db, round_id, sent) if sent else set()
    return _Vote(found, themes, standing, {code_of(secret_hash) for secret_hash in taken})


def _allocate_one(item: dict[str, Any], vote: _Vote) -> Outcome:
    revision, key = check_revision(item["revision"]), item["voter_key"]
    allocation = check_allocation(item["points"], vote.themes, vote.round.budget, vote.round.limit_per_theme)
    # What comes as a secret to any other vote is not looked at, and so never stored.
    secret_hash = hash_secret(item.get("secret")) if vote.round.verifiable else None
    standing = vote.standing.get(key)
    if standing is not None and not is_newer(revision, standing.revision):
        return Outcome([], _answer(vote, standing, secret_hash))
    points = {str(theme): given for theme, given in allocation.items()}
    kept = standing.secret_hash if standing is not None else None
    vote.standing[key] = Standing(revision, points, kept or _new(secret_hash, vote))
    vote.changed.add(key)
    return Outcome([AllocationSet()], _answer(vote, vote.standing[key], secret_hash))


def _new(secret_hash: str | None, vote: _Vote) -> str | None:
    """The hash, for a ballot that had none. None where its code is given out already: two ballots under one code would
    be nobody's, so the second one counts without."""
    if secret_hash is None or code_of(secret_hash) in vote.codes:
        return None
    vote.codes.add(code_of(secret_hash))
    return secret_hash


def _answer(vote: _Vote, standing: Standing, secret_hash: str | None) -> dict[str, Any]:
    told = {"revision": standing.revision, "points": standing.points}
    if not vote.round.verifiable:
        return told
    return {**told, "code": code_for_holder(standing.secret_hash, secret_hash)}
