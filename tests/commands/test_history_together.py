"""One undo history for all who lead: each can take back what another did, and never what they have not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.commands import themes
from app.commands.pages import Page
from app.domain.refusals import Reason, Refusal
from app.store import themes as stored
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def to_the_board(world: World) -> int:
    await world.advance()
    await world.write_all(["a", "b", "c", "d"])
    await world.advance()
    return await world.share_with("Jan")


async def do(world: World, command: Any, who: int, page: Page | None = None, **arguments: Any) -> Any:
    return await world.run(command, page=page or await world.page(), moderator_id=who, **arguments)


async def names(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        return [theme.name for theme in await stored.of_question(db, (await world.question()).id)]


async def test_anybody_takes_back_the_last_move_of_the_board_and_does_it_again(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan, me = await to_the_board(world), world.moderator
        theme = await do(world, themes.create, me, name="van mij", chosen=[])
        await do(world, themes.rename, jan, theme_id=theme, name="van Jan")
        await do(world, themes.undo, me)
        assert await names(world) == ["van mij"]
        await do(world, themes.undo, jan)
        assert await names(world) == []
        await do(world, themes.redo, me)
        await do(world, themes.redo, jan)
        assert await names(world) == ["van Jan"]


async def test_a_new_move_of_one_ends_what_the_other_could_redo(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan, me = await to_the_board(world), world.moderator
        await do(world, themes.create, me, name="weg", chosen=[])
        await do(world, themes.undo, me)
        await do(world, themes.create, jan, name="nieuw", chosen=[])
        with pytest.raises(Refusal) as refused:
            await do(world, themes.redo, me)
        assert refused.value.reason == Reason.NOTHING_TO_REDO


async def test_undo_never_takes_back_a_move_of_another_that_the_page_does_not_show_yet(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan, me = await to_the_board(world), world.moderator
        await do(world, themes.create, me, name="een", chosen=[])
        page = await world.page()
        await do(world, themes.create, jan, name="twee", chosen=[])
        for command in (themes.undo, themes.redo):
            with pytest.raises(Refusal) as refused:
                await do(world, command, me, page)
            assert refused.value.reason in (Reason.PAGE_IS_STALE, Reason.NOTHING_TO_REDO)
        assert await names(world) == ["een", "twee"]


async def test_undo_is_not_asked_twice_because_another_took_the_same_step_back_first(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan, me = await to_the_board(world), world.moderator
        await do(world, themes.create, me, name="een", chosen=[])
        await do(world, themes.create, me, name="twee", chosen=[])
        page = await world.page()
        await do(world, themes.undo, jan, page)
        with pytest.raises(Refusal) as refused:
            await do(world, themes.undo, me, page)
        assert refused.value.reason == Reason.PAGE_IS_STALE
        assert await names(world) == ["een"]


async def test_a_quick_moderator_undoes_their_own_moves_from_a_page_that_is_behind(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        page = await world.page()
        await do(world, themes.create, world.moderator, page, name="een", chosen=[])
        await do(world, themes.create, world.moderator, page, name="twee", chosen=[])
        await do(world, themes.undo, world.moderator, page)
        await do(world, themes.undo, world.moderator, page)
        assert await names(world) == []
