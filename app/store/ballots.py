"""Ballots, read only for counting after the close and for a participant's own allocation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import Ballot


async def own(db: AsyncSession, round_id: int, voter_key: str) -> Ballot | None:
    """The one ballot whose voter key the asker could compute."""
    return await db.get(Ballot, (round_id, voter_key))


async def by_voter_keys(db: AsyncSession, round_id: int, voter_keys: Iterable[str]) -> dict[str, Ballot]:
    found = select(Ballot).where(Ballot.round_id == round_id, col(Ballot.voter_key).in_(list(voter_keys)))
    return {ballot.voter_key: ballot for ballot in (await db.exec(found)).all()}


async def of_round(db: AsyncSession, round_id: int) -> Sequence[Ballot]:
    """All ballots of a round; asked for at its close and nowhere else."""
    return (await db.exec(select(Ballot).where(Ballot.round_id == round_id))).all()
