"""Each who leads has a history of their own: undo takes back the own last move, and overwrites nobody's later one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import actions, steps, themes
from app.commands.pages import Page
from app.domain.events import BoardMoved
from app.domain.history import Step
from app.domain.moves import Spot
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.themes import STEPS_TO_UNDO, Board, MoveKind
from app.store import history
from app.store import themes as stored
from app.store.tables import ActionItem, BoardMove, Statement
from tests.world import World, a_world, running

pytestmark = pytest.mark.anyio


async def to_the_board(world: World) -> tuple[int, int]:
    """The two who lead: who owns the session, and Anna."""
    await world.advance()
    await world.write_all(["a", "b", "c", "d"])
    await world.advance()
    return world.moderator, await world.share_with("Anna")


async def do(world: World, command: Any, who: int, page: Page | None = None, **arguments: Any) -> Any:
    return await world.run(command, page=page or await world.page(), moderator_id=who, **arguments)


async def board(world: World) -> Board:
    async with world.parts.database.reader() as db:
        return await stored.board(db, (await world.question()).id)


async def names(world: World) -> list[str]:
    now = await board(world)
    return [now.themes[theme].name for theme in now.in_order()]


async def asked(act: Any) -> ConfirmationNeeded:
    with pytest.raises(ConfirmationNeeded) as question:
        await act
    return question.value


async def refusal(act: Any) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def test_each_takes_back_their_own_last_move_whatever_the_other_did_since(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        await do(world, themes.create, me, name="van mij", chosen=[])
        await do(world, themes.create, anna, name="van Anna", chosen=[])
        await do(world, themes.create, anna, name="ook van Anna", chosen=[])
        await do(world, themes.undo, me)
        assert await names(world) == ["van Anna", "ook van Anna"]
        await do(world, themes.undo, anna)
        await do(world, themes.redo, me)
        assert await names(world) == ["van mij", "van Anna"]
        assert await refusal(do(world, themes.redo, me)) == Reason.NOTHING_TO_REDO


async def test_a_new_move_ends_the_own_redo_and_not_the_others(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        for who, name in ((me, "een"), (anna, "twee")):
            await do(world, themes.create, who, name=name, chosen=[])
            await do(world, themes.undo, who)
        await do(world, themes.create, anna, name="drie", chosen=[])
        assert await refusal(do(world, themes.redo, anna)) == Reason.NOTHING_TO_REDO
        await do(world, themes.redo, me)
        assert sorted(await names(world)) == ["drie", "een"]


async def test_undo_that_would_overwrite_another_asks_first_and_names_who_did_what(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="Contact burgers", chosen=[])
        a, b, *_ = (await board(world)).under(None)
        await do(world, themes.put, me, chosen=[a], theme_id=None)
        await do(world, themes.put, anna, chosen=[a, b], theme_id=theme)
        before = await board(world)
        question = await asked(do(world, themes.undo, me))
        assert question.hindered is not None
        assert question.hindered.by == "Anna" and question.hindered.later == Step(MoveKind.PUT, 2, "Contact burgers")
        assert question.hindered.step.kind == MoveKind.ARRANGE and not question.hindered.is_redo
        assert question.hindered.rest == 0 and await board(world) == before


async def test_who_passes_over_a_step_leaves_it_and_takes_back_an_earlier_one(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        await do(world, themes.create, me, name="twee", chosen=[])
        await do(world, themes.rename, me, theme_id=theme, name="mijn naam")
        await do(world, themes.rename, anna, theme_id=theme, name="naam van Anna")
        question = await asked(do(world, themes.undo, me))
        await do(world, themes.undo, me, answer=(question.key, ""))
        assert await names(world) == ["naam van Anna", "twee"]
        await do(world, themes.undo, me)
        assert await names(world) == ["naam van Anna"]
        again = await asked(do(world, themes.undo, me))
        assert again.key != question.key, "an answer to one step says nothing of another"
        await asked(do(world, themes.undo, me, answer=(question.key, "")))
        await do(world, themes.redo, me)
        assert await names(world) == ["naam van Anna", "twee"]


async def test_what_the_other_did_not_touch_can_be_taken_back_without_the_rest(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        one, two = [await do(world, themes.create, me, name=name, chosen=[]) for name in ("een", "twee")]
        a, b, c = [await world.statement_id(text) for text in "abc"]
        start = await board(world)
        await do(world, themes.put, me, chosen=[a, b, c], theme_id=one)
        await do(world, themes.put, anna, chosen=[b], theme_id=two)
        question = await asked(do(world, themes.undo, me))
        assert question.hindered is not None and question.hindered.rest == 2
        await do(world, themes.undo, me, answer=(question.key, steps.REST))
        now = await board(world)
        assert now.under(two) == [b] and now.under(one) == []
        assert [now.places[key] for key in (a, c)] == [start.places[key] for key in (a, c)]
        await do(world, themes.redo, me)
        assert (await board(world)).under(one) == [a, c] and (await board(world)).under(two) == [b]


async def test_redo_asks_as_well_when_the_other_moved_on_what_was_undone(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        a, *_, last = (await board(world)).under(None)
        await do(world, themes.put, me, chosen=[a], theme_id=theme)
        await do(world, themes.undo, me)
        await do(world, themes.hide, anna, chosen=[a], hidden=True)
        await do(world, themes.redo, me)
        await do(world, themes.undo, me)
        await do(world, themes.put, anna, chosen=[a], theme_id=None, spot=Spot(behind=last))
        question = await asked(do(world, themes.redo, me))
        assert question.hindered is not None and question.hindered.is_redo and question.hindered.by == "Anna"
        await do(world, themes.redo, me, answer=(question.key, ""))
        assert await refusal(do(world, themes.redo, me)) == Reason.NOTHING_TO_REDO
        assert (await board(world)).places[a].hidden


async def test_an_own_step_that_was_passed_over_is_told_as_the_own_one(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        a, b = await world.statement_id("a"), await world.statement_id("b")
        await do(world, themes.put, me, chosen=[a, b], theme_id=theme)
        await do(world, themes.put, anna, chosen=[a], theme_id=None)
        over = await asked(do(world, themes.undo, me))
        await do(world, themes.undo, me, answer=(over.key, ""))
        question = await asked(do(world, themes.undo, me))
        assert question.hindered is not None and question.hindered.by == ""
        assert question.hindered.step.kind == MoveKind.CREATE and question.hindered.later == Step(
            MoveKind.PUT, 2, "een"
        )


async def test_each_has_a_hundred_steps(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="0", chosen=[])
        await do(world, themes.create, anna, name="van Anna", chosen=[])
        for number in range(1, STEPS_TO_UNDO + 2):
            await do(world, themes.rename, me, theme_id=theme, name=str(number))
        async with world.parts.database.reader() as db:
            rows = (await db.exec(select(BoardMove))).all()
        assert [row.moderator_id for row in rows].count(me) == STEPS_TO_UNDO
        for _ in range(STEPS_TO_UNDO):
            await do(world, themes.undo, me)
        assert await refusal(do(world, themes.undo, me)) == Reason.NOTHING_TO_UNDO
        await do(world, themes.undo, anna)
        assert await names(world) == ["1"]


async def test_what_was_undone_and_ended_is_kept_to_know_stale_pages_by_and_not_without_end(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        a = await world.statement_id("a")
        theme = await do(world, themes.create, anna, name="een", chosen=[])
        await do(world, themes.put, anna, chosen=[a], theme_id=theme)
        page = await world.page()
        await do(world, themes.undo, anna)
        await do(world, themes.create, anna, name="nieuw", chosen=[])
        assert await refusal(do(world, themes.put, me, page, chosen=[a], theme_id=theme)) == Reason.PAGE_IS_STALE
        for number in range(STEPS_TO_UNDO + 5):
            await do(world, themes.rename, anna, theme_id=theme, name=f"naam {number}")
            await do(world, themes.undo, anna)
        async with world.parts.database.reader() as db:
            rows = (await db.exec(select(BoardMove).where(BoardMove.moderator_id == anna))).all()
        assert sum(row.passed_over for row in rows) == STEPS_TO_UNDO


async def test_the_histories_survive_a_restart(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        await do(world, themes.create, me, name="een", chosen=[])
        await do(world, themes.create, anna, name="twee", chosen=[])
        await do(world, themes.undo, anna)
        session, seats = world.session, world.seats
    async with running(tmp_path) as app:
        world = World(app, me, session, seats)
        await do(world, themes.redo, anna)
        await do(world, themes.undo, me)
        assert await names(world) == ["twee"]


async def test_a_letter_that_another_can_bring_back_is_not_given_away(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        one = await do(world, themes.create, me, name="een", chosen=[])
        await do(world, themes.remove, me, theme_id=one)
        two = await do(world, themes.create, anna, name="twee", chosen=[])
        await do(world, themes.undo, me)
        assert [(await board(world)).themes[theme].letter for theme in (one, two)] == ["A", "B"]


async def test_an_action_item_has_its_theme_again_when_the_theme_comes_back(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, _ = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        added = actions.ActionFields(text="bellen", theme_id=theme)
        await world.run(actions.add, fields=added)

        async def of_action() -> int | None:
            async with world.parts.database.reader() as db:
                return (await db.exec(select(ActionItem.theme_id))).one()

        await do(world, themes.remove, me, theme_id=theme)
        assert await of_action() is None
        await do(world, themes.undo, me)
        assert await of_action() == theme
        await do(world, themes.undo, me)
        assert await of_action() is None
        await do(world, themes.redo, me)
        assert await of_action() == theme


async def test_a_move_tells_by_whom_it_was_and_what_it_touched(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, anna = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        told: list[Any] = []
        world.parts.writer._bus.subscribe(lambda _session, _seq, events: told.extend(events))
        a = await world.statement_id("a")
        await do(world, themes.put, anna, chosen=[a], theme_id=theme)
        await do(world, themes.undo, anna)
        put, undone = told
        assert isinstance(put, BoardMoved) and put.deed is not None and put.deed.by.name == "Anna"
        assert put.deed.step == Step(MoveKind.PUT, 1, "een") and put.statements == (a,) and put.themes == ()
        assert undone.deed.kind == "undid" and undone.deed.step == put.deed.step and undone.statements == (a,)


async def test_a_statement_retracted_since_is_left_alone_and_the_rest_is_undone(tmp_path: Path):
    async with a_world(tmp_path) as world:
        me, _ = await to_the_board(world)
        theme = await do(world, themes.create, me, name="een", chosen=[])
        a, b = await world.statement_id("a"), await world.statement_id("b")
        await do(world, themes.put, me, chosen=[a, b], theme_id=theme)
        async with world.parts.database.writer() as db, db.begin():
            (await db.get_one(Statement, a)).retracted = True
        await do(world, themes.undo, me)
        now = await board(world)
        assert b in now.under(None) and a not in now.places


async def test_a_quick_moderator_undoes_their_own_moves_from_a_page_that_is_behind(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        page = await world.page()
        await do(world, themes.create, world.moderator, page, name="een", chosen=[])
        await do(world, themes.create, world.moderator, page, name="twee", chosen=[])
        await do(world, themes.undo, world.moderator, page)
        await do(world, themes.undo, world.moderator, page)
        assert await names(world) == []


def test_a_step_of_an_older_history_is_still_read():
    theme = '{"name": "x", "letter": "A", "rank": "1i", "carried_from": null}'
    old = (
        '{"kind": "create", "before": {"themes": {"1": null}, "places": {}}, '
        f'"after": {{"themes": {{"1": {theme}}}, "places": {{}}}}}}'
    )
    move = history.read_move(old)
    assert move.kind == MoveKind.CREATE and history.read_move(history.write_move(move)) == move
