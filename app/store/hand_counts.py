"""Points counted by hand, per round and theme."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import HandCount


async def of_round(db: AsyncSession, round_id: int) -> dict[int, int]:
    """Theme ids to points, for the themes that were counted; asked for after the close of a round only."""
    found = select(HandCount.theme_id, HandCount.points).where(HandCount.round_id == round_id)
    return dict((await db.exec(found)).all())


async def change(db: AsyncSession, round_id: int, points: Mapping[int, int | None]) -> None:
    """Other counts for these themes; None takes one away."""
    changed = col(HandCount.theme_id).in_(list(points))
    await db.exec(delete(HandCount).where(col(HandCount.round_id) == round_id, changed))
    db.add_all(
        HandCount(round_id=round_id, theme_id=theme, points=number)
        for theme, number in points.items()
        if number is not None
    )
    await db.flush()
