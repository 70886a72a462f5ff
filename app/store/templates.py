"""Saved agendas: a moderator's own, and those that others share."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import Template


async def visible_to(db: AsyncSession, moderator_id: int) -> Sequence[Template]:
    """All templates this moderator may begin with, by name."""
    found = select(Template).where(or_(col(Template.moderator_id) == moderator_id, col(Template.shared)))
    return (await db.exec(found.order_by(col(Template.name), col(Template.id)))).all()


async def by_id(db: AsyncSession, moderator_id: int, template_id: int) -> Template | None:
    """A template, only if this moderator may begin with it."""
    template = await db.get(Template, template_id)
    if template is None or not (template.shared or template.moderator_id == moderator_id):
        return None
    return template


async def any_shared_by(db: AsyncSession, moderator_id: int) -> bool:
    """Whether others may begin with a template of this moderator."""
    found = select(Template.id).where(Template.moderator_id == moderator_id, col(Template.shared))
    return (await db.exec(found.limit(1))).first() is not None


async def give(db: AsyncSession, moderator_id: int, heir_id: int) -> None:
    """All templates of one moderator become another's."""
    own = update(Template).where(col(Template.moderator_id) == moderator_id)
    await db.exec(own.values(moderator_id=heir_id))
