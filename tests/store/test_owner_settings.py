"""What the owner chose, and what holds when nothing was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store import owner_settings
from app.store.tables import OwnerSetting
from tests.world import a_world

pytestmark = pytest.mark.anyio


async def test_a_session_is_kept_a_year_unless_the_owner_chose_otherwise(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        async with world.parts.database.reader() as db:
            assert await owner_settings.retention_days(db) == 365
        async with world.parts.database.writer() as db, db.begin():
            db.add(OwnerSetting(name="retention_days", value="90"))
        async with world.parts.database.reader() as db:
            assert await owner_settings.retention_days(db) == 90
