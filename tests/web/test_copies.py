"""The form that copies a session for another group."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from app.store.tables import ModerationSession
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
FIELDS = {"group_name": "Wijkteam Rokkeveen", "held_on": "2026-11-26", "starts_at": "14:00"}


async def count(world: World) -> int:
    async with world.parts.database.reader() as db:
        return len((await db.exec(select(ModerationSession.id))).all())


async def test_the_form_begins_with_the_same_group_and_a_copy_opens_its_agenda(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        form = (await laptop.get(f"/sessions/{world.session}/copy")).text
        assert 'value="wijkteam Buytenwegh de Leyens"' in form and f'value="{date.today().isoformat()}"' in form
        made = await laptop.post(f"/sessions/{world.session}/copy", data=FIELDS)
        assert made.status_code == 303
        agenda = await laptop.get(made.headers["location"])
        assert "Wijkteam Rokkeveen" in agenda.text and "Wat zijn de knelpunten?" in agenda.text
        assert "14:00" in (await laptop.get("/sessions")).text


@pytest.mark.parametrize("odd", [{"held_on": "31-02-2026"}, {"starts_at": "25:00"}, {"group_name": "x" * 201}])
async def test_a_refused_copy_keeps_what_was_typed(tmp_path: Path, odd: dict[str, str]) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/copy", data={**FIELDS, **odd})
        assert answer.status_code == 422 and 'role="alert"' in answer.text
        assert all(f'value="{value}"' in answer.text for value in {**FIELDS, **odd}.values())
        assert await count(world) == 1


async def test_another_moderators_session_can_not_be_copied(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        assert (await laptop.post(f"/sessions/{world.session + 1}/copy", data=FIELDS)).status_code == 404
        other = await make_world(world.app)
        async with world.phone() as stranger:
            answer = await stranger.post(f"/sessions/{other.session}/copy", data=FIELDS)
            assert answer.headers["location"].startswith("/sign-in")
        assert await count(world) == 2
