"""Action items of a session."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select, update
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


async def by_theme(db: AsyncSession, themes: Collection[int]) -> dict[int, int]:
    """The action items that belong to these themes, each with its theme."""
    found = select(ActionItem.id, ActionItem.theme_id).where(col(ActionItem.theme_id).in_(themes))
    return {int(action or 0): int(theme or 0) for action, theme in (await db.exec(found)).all()}


async def give_theme_back(db: AsyncSession, themes: Mapping[int, int]) -> None:
    """Let action items belong to a theme again, unless they were given another one since."""
    for action, theme in themes.items():
        loose = update(ActionItem).where(col(ActionItem.id) == action, col(ActionItem.theme_id).is_(None))
        await db.exec(loose.values(theme_id=theme))
