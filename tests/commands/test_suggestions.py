"""Suggestions: one that was ignored stays ignored, and one that was taken over is a step of its own kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import sessions, suggestions, themes
from app.domain.history import in_words
from app.domain.ignored import Ignored, ignored_under
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.domain.themes import MoveKind
from app.store import history
from app.store import suggestions as stored
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def to_the_board(world: World) -> list[str]:
    await world.advance()
    await world.write_all(["a", "b", "c"])
    await world.advance()
    return [await world.statement_id(text) for text in "abc"]


async def ignored(world: World, question_id: int) -> frozenset[Ignored]:
    async with world.parts.database.reader() as db:
        return await stored.ignored(db, question_id)


async def test_what_was_ignored_is_remembered_once_whatever_the_order(tmp_path: Path):
    async with a_world(tmp_path) as world:
        a, b, c = await to_the_board(world)
        theme = await world.make_theme("een")
        for chosen in ([a, b], [b, a]):
            await world.run(suggestions.ignore, page=await world.page(), chosen=chosen, theme_id=theme)
        await world.run(suggestions.ignore, page=await world.page(), chosen=[c], theme_id=None)
        known = await ignored(world, (await world.question()).id)
        assert len(known) == 2
        assert ignored_under(known) == {(a, theme), (b, theme)}


async def test_only_what_is_on_the_board_can_be_ignored(tmp_path: Path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        for chosen, theme, reason in (
            (["x"], None, Reason.STATEMENT_UNKNOWN),
            ([a], 99, Reason.THEME_UNKNOWN),
            ([], None, Reason.NO_STATEMENTS_CHOSEN),
        ):
            with pytest.raises(Refusal) as refused:
                await world.run(suggestions.ignore, page=await world.page(), chosen=chosen, theme_id=theme)
            assert refused.value.reason == reason
        await world.make_theme("een")
        page = await world.page()
        await world.advance()
        with pytest.raises(Refusal):
            await world.run(suggestions.ignore, page=page, chosen=[a], theme_id=None)


async def test_a_suggestion_taken_over_is_one_step_of_its_own_kind(tmp_path: Path):
    async with a_world(tmp_path) as world:
        a, b, c = await to_the_board(world)
        who = {"moderator_id": world.moderator}
        theme = await world.run(themes.create, page=await world.page(), name="een", chosen=[c], suggested=True, **who)
        page = await world.page()
        await world.run(themes.put, page=page, chosen=[a, b], theme_id=theme, suggested=True, **who)
        async with world.parts.database.reader() as db:
            rows = await history.moves_since(db, (await world.question()).id, 0)
        steps = [in_words(history.read_move(row.move), {theme: "een"}) for row in rows]
        assert [(step.kind, step.count, step.theme) for step in steps] == [
            (MoveKind.ACCEPT, 1, "een"),
            (MoveKind.ACCEPT, 2, "een"),
        ]


async def test_what_was_ignored_goes_with_the_histories_at_the_end_of_the_session(tmp_path: Path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        question = (await world.question()).id
        await world.run(suggestions.ignore, page=await world.page(), chosen=[a], theme_id=None)
        await world.make_theme("een", ["a"])
        await world.advance_to(Phase.RESULT)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert await ignored(world, question) == frozenset()
