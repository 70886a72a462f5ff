"""What the server's owner chose: one value per setting, with a default where nothing was chosen."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import OwnerSetting

DEFAULT_RETENTION_DAYS = 365


async def retention_days(db: AsyncSession) -> int:
    """How many days a session is kept before the server deletes it."""
    chosen = await db.get(OwnerSetting, "retention_days")
    return int(chosen.value) if chosen is not None and chosen.value.isdigit() else DEFAULT_RETENTION_DAYS
