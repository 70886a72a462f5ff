"""What can still be put right when a session has ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import afterwards, archive
from app.domain.refusals import Reason, Refusal
from app.exports.archive_reader import read
from app.exports.examples import ARCHIVES, read_examples
from app.store.tables import BoardMove
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def an_ended_one(world: World) -> int:
    made = await world.parts.writer.run(archive.bring_in, moderator_id=world.moderator, report=read_examples()[0])
    session_id: int = made.session_id
    world.session = session_id
    return session_id


async def refused(world: World, **arguments: Any) -> Reason:
    with pytest.raises(Refusal) as caught:
        await world.run(afterwards.rename_theme, **{"seq": 2**40, **arguments})
    return caught.value.reason


async def test_one_name_changes_and_nothing_else(tmp_path: Path) -> None:
    """Imported, one theme renamed in the control room, exported again: that line, and the session's own number."""
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        content = ARCHIVES[0].read_bytes()
        session_id = (
            await world.parts.writer.run(archive.bring_in, moderator_id=world.moderator, report=read(content))
        ).session_id
        world.session = session_id
        page = (await laptop.get(f"/sessions/{session_id}/control-room")).text
        theme = (await world.theme_ids())["Samenwerking"]
        action = f"/sessions/{session_id}/themes/{theme}/name"
        assert f'action="{action}"' in page
        answer = await laptop.post(action, data={"name": " Samen werken ", "seq": str((await world.row()).seq)})
        assert answer.status_code == 303
        after = (await laptop.get(f"/sessions/{session_id}/report.json")).text
        assert "Samen werken" in (await laptop.get(f"/sessions/{session_id}/control-room")).text
        assert "Samen werken" in (await laptop.get(f"/sessions/{session_id}/report.csv")).text
        async with world.parts.database.reader() as db:
            assert (await db.exec(select(BoardMove))).all() == []
    before = content.decode().splitlines()
    changed = [(old, new) for old, new in zip(before, after.splitlines(), strict=True) if old != new]
    assert changed == [
        ('    "id": 1,', f'    "id": {session_id},'),
        ('          "name": "Samenwerking",', '          "name": "Samen werken",'),
    ]
    assert json.loads(after)["questions"][0]["rounds"][0]["themes"][0]["name"] == "Samenwerking"


async def test_a_name_is_still_a_name_and_the_theme_its_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        other = await refused(world, theme_id=1, name="x")
        assert other == Reason.NOT_IN_THIS_PHASE
        await an_ended_one(world)
        theme = (await world.theme_ids())["Samenwerking"]
        assert await refused(world, theme_id=theme, name=" ") == Reason.TEXT_MISSING
        assert await refused(world, theme_id=theme, name="x" * 121) == Reason.TEXT_TOO_LONG
        assert await refused(world, theme_id=theme + 10_000, name="x") == Reason.THEME_UNKNOWN
        first = world.session
        await an_ended_one(world)
        assert first != world.session
        assert await refused(world, theme_id=theme, name="x") == Reason.THEME_UNKNOWN


async def test_what_a_colleague_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await an_ended_one(world)
        theme = (await world.theme_ids())["Samenwerking"]
        seq = (await world.row()).seq
        await world.run(afterwards.rename_theme, theme_id=theme, name="Samen", seq=seq)
        assert await refused(world, theme_id=theme, name="Werken", seq=seq) == Reason.PAGE_IS_STALE
        await world.run(afterwards.rename_theme, theme_id=theme, name="Werken", seq=(await world.row()).seq)
        assert "Werken" in await world.theme_ids()
