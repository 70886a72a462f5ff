"""Action items of a session."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import ActionItem


async def of_session(db: AsyncSession, session_id: int) -> Sequence[ActionItem]:
    """Action items in the order they were noted."""
    return (
        await db.exec(select(ActionItem).where(ActionItem.session_id == session_id).order_by(col(ActionItem.id)))
    ).all()


async def by_id(db: AsyncSession, session_id: int, action_id: int) -> ActionItem | None:
    """An action item, only if it belongs to this session."""
    found = select(ActionItem).where(ActionItem.id == action_id, ActionItem.session_id == session_id)
    return (await db.exec(found)).first()
