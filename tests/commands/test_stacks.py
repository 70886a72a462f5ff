"""Taking a stack apart: remembered for its question, moving nothing, until it is stacked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import sessions, stacks, suggestions
from app.domain.ignored import Ignored
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.store import suggestions as stored
from app.store import themes
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def to_the_board(world: World) -> list[str]:
    await world.advance()
    await world.write_all(["Meer groen", "meer groen!", "anders"])
    await world.advance()
    return [await world.statement_id(text) for text in ("Meer groen", "meer groen!", "anders")]


async def kept(world: World) -> frozenset[Ignored]:
    async with world.parts.database.reader() as db:
        return await stored.ignored(db, (await world.question()).id)


async def apart(world: World, *chosen: str) -> None:
    await world.run(stacks.take_apart, page=await world.page(), chosen=chosen)


async def test_a_stack_that_was_taken_apart_is_remembered_and_nothing_moves(tmp_path: Path):
    async with a_world(tmp_path) as world:
        one, other, _ = await to_the_board(world)
        await apart(world, one, other)
        await apart(world, other, one)
        assert await kept(world) == {Ignored(frozenset({one, other}), None, as_stack=True)}
        async with world.parts.database.reader() as db:
            board = await themes.board(db, (await world.question()).id)
        assert {place.theme for place in board.places.values()} == {None}


async def test_stacking_again_forgets_that_and_nothing_else_that_was_ignored(tmp_path: Path):
    async with a_world(tmp_path) as world:
        one, other, third = await to_the_board(world)
        await apart(world, one, other)
        await world.run(suggestions.ignore, page=await world.page(), chosen=[one, third], theme_id=None)
        await world.run(stacks.stack_again, page=await world.page())
        assert await kept(world) == {Ignored(frozenset({one, third}), None)}


async def test_what_is_not_on_the_board_is_no_stack(tmp_path: Path):
    async with a_world(tmp_path) as world:
        one, *_ = await to_the_board(world)
        for chosen, reason in (((one, "x"), Reason.STATEMENT_UNKNOWN), ((), Reason.NO_STATEMENTS_CHOSEN)):
            with pytest.raises(Refusal) as refused:
                await apart(world, *chosen)
            assert refused.value.reason == reason
        assert await kept(world) == frozenset()


async def test_stacks_are_there_while_one_groups_only(tmp_path: Path):
    async with a_world(tmp_path) as world:
        one, *_ = await to_the_board(world)
        await world.make_theme("Groen")
        await world.advance_to(Phase.VOTE)
        for command, chosen in ((stacks.take_apart, {"chosen": [one]}), (stacks.stack_again, {})):
            with pytest.raises(Refusal) as refused:
                await world.run(command, page=await world.page(), **chosen)
            assert refused.value.reason == Reason.NOT_IN_THIS_PHASE


async def test_the_end_of_the_session_forgets_what_was_taken_apart(tmp_path: Path):
    async with a_world(tmp_path) as world:
        one, other, _ = await to_the_board(world)
        await apart(world, one, other)
        question = (await world.question()).id
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        async with world.parts.database.reader() as db:
            assert await stored.ignored(db, question) == frozenset()
