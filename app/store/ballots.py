"""Ballots, read only for counting after the close and for a participant's own allocation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.verification import HEX_DIGITS_IN_CODE
from app.store.tables import METADATA, Ballot

# Where hundreds come at once, rows are written as rows: an object of each costs ten times as much.
_TABLE = METADATA.tables["ballot"]
# Made once: making it leaves seventy objects that only a garbage collection finds.
_PUT = insert(_TABLE)
_PUT_OR_CHANGE = _PUT.on_conflict_do_update(
    index_elements=["round_id", "voter_key"],
    set_={name: _PUT.excluded[name] for name in ("revision", "points", "secret_hash")},
)


class Standing(NamedTuple):
    """A ballot as it stands: its revision, the points by theme id, the hash of its secret where it has one."""

    revision: int
    points: dict[str, int]
    secret_hash: str | None = None


async def own(db: AsyncSession, round_id: int, voter_key: str) -> Ballot | None:
    """The one ballot whose voter key the asker could compute."""
    return await db.get(Ballot, (round_id, voter_key))


async def by_voter_keys(db: AsyncSession, round_id: int, voter_keys: Iterable[str]) -> dict[str, Standing]:
    """The ballot that stands under each of these keys, where one stands."""
    columns = (_TABLE.c.voter_key, _TABLE.c.revision, _TABLE.c.points, _TABLE.c.secret_hash)
    found = select(*columns).where(_TABLE.c.round_id == round_id, _TABLE.c.voter_key.in_(list(voter_keys)))
    return {key: Standing(*ballot) for key, *ballot in (await db.exec(found)).all()}


async def secret_hashes(db: AsyncSession, round_id: int, beginnings: Iterable[str]) -> set[str]:
    """The hashes of ballot secrets in a round that begin with one of these, each as long as what a code tells."""
    hashed = _TABLE.c.secret_hash
    found = select(hashed).where(
        _TABLE.c.round_id == round_id, func.substr(hashed, 1, HEX_DIGITS_IN_CODE).in_(list(beginnings))
    )
    return set((await db.exec(found)).all())


async def put_all(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """New ballots and changed ones, as whole rows: one statement for the database."""
    await db.exec(_PUT_OR_CHANGE, params=list(rows))


async def of_round(db: AsyncSession, round_id: int) -> Sequence[Ballot]:
    """All ballots of a round; asked for at its close, and after it where it tells them."""
    return (await db.exec(select(Ballot).where(Ballot.round_id == round_id))).all()


async def wipe(db: AsyncSession, round_id: int) -> None:
    """No ballot of a round is left, under whatever key."""
    await db.exec(delete(Ballot).where(col(Ballot.round_id) == round_id))
