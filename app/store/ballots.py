"""Ballots, read only for counting after the close and for a participant's own allocation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import METADATA, Ballot

# Where hundreds come at once, rows are written as rows: an object of each costs ten times as much.
_TABLE = METADATA.tables["ballot"]
# Made once: making it leaves seventy objects that only a garbage collection finds.
_PUT = insert(_TABLE)
_PUT_OR_CHANGE = _PUT.on_conflict_do_update(
    index_elements=["round_id", "voter_key"],
    set_={"revision": _PUT.excluded.revision, "points": _PUT.excluded.points},
)


async def own(db: AsyncSession, round_id: int, voter_key: str) -> Ballot | None:
    """The one ballot whose voter key the asker could compute."""
    return await db.get(Ballot, (round_id, voter_key))


async def by_voter_keys(
    db: AsyncSession, round_id: int, voter_keys: Iterable[str]
) -> dict[str, tuple[int, dict[str, int]]]:
    """The revision and the points that stand under each of these keys, where one stands."""
    found = select(_TABLE.c.voter_key, _TABLE.c.revision, _TABLE.c.points).where(
        _TABLE.c.round_id == round_id, _TABLE.c.voter_key.in_(list(voter_keys))
    )
    return {key: (revision, points) for key, revision, points in (await db.exec(found)).all()}


async def put_all(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """New ballots and changed ones, as whole rows: one statement for the database."""
    await db.exec(_PUT_OR_CHANGE, params=list(rows))


async def of_round(db: AsyncSession, round_id: int) -> Sequence[Ballot]:
    """All ballots of a round; asked for at its close and nowhere else."""
    return (await db.exec(select(Ballot).where(Ballot.round_id == round_id))).all()
