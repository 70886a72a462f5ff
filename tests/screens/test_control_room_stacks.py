"""Which statements of a board are told as one stack, and that they are found once for one board, off the loop."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from app.commands import statements as submitted
from app.commands import themes
from app.domain.events import BoardMoved, Event, LateStatementsReleased, StacksChanged
from app.domain.history import Step
from app.domain.ignored import Ignored
from app.domain.presence import Deed, DeedKind, ModeratorHere, Presence
from app.domain.themes import MoveKind
from app.screens import control_room_stacks, refresh
from app.screens.control_room_board_view import ShownStatement
from app.screens.control_room_stacks import stacks_of
from app.suggestions import stacks
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
SAME = [ShownStatement("a", "Meer groen!"), ShownStatement("b", "meer groen"), ShownStatement("c", "meer groen")]
BOARD = [*SAME, ShownStatement("d", "minder regels")]


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads in which stacks were sought."""
    threads: list[str] = []
    seek = stacks.several

    def sought(statements):
        threads.append(threading.current_thread().name)
        return seek(statements)

    monkeypatch.setattr(stacks, "several", sought)
    control_room_stacks._known.clear()
    return threads


async def test_what_says_the_same_is_one_stack_with_the_most_central_first():
    shown = await stacks_of(BOARD, ())
    assert shown.several == (("b", "c", "a"),)
    assert not shown.has_apart


async def test_what_was_taken_apart_is_stacked_no_more_also_when_the_same_comes_in_again():
    apart = {Ignored(frozenset("abc"), None, as_stack=True)}
    shown = await stacks_of([*BOARD, ShownStatement("e", "meer groen")], apart)
    assert shown.several == ()
    assert shown.has_apart


async def test_a_board_with_the_same_statements_is_looked_through_once_and_not_on_the_loop(found: list[str]):
    await stacks_of(BOARD, ())
    await stacks_of(reversed(BOARD), ())
    assert len(found) == 1 and found[0] != threading.main_thread().name
    await stacks_of([*BOARD, ShownStatement("e", "Minder regels")], ())
    assert len(found) == 2


async def test_another_text_of_the_same_statement_is_looked_through_anew():
    await stacks_of(BOARD, ())
    changed = [*BOARD[:2], ShownStatement("c", "iets anders"), BOARD[3]]
    assert [set(one) for one in (await stacks_of(changed, ())).several] == [{"a", "b"}]


async def test_only_so_many_boards_are_kept(found: list[str]):
    for number in range(control_room_stacks.MOST_KEPT + 5):
        await stacks_of([ShownStatement("a", str(number))], ())
    assert len(control_room_stacks._known) == control_room_stacks.MOST_KEPT


async def pushed(world: World, event: Event) -> str:
    async with world.parts.database.reader() as db:
        drawn = await refresh.draw_changes(db, "control_room", await world.row(), ["nl"], Presence(), [event])
    return drawn["nl"]


async def test_stacks_are_told_anew_with_what_comes_in_late_and_not_with_a_move(tmp_path: Path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await world.write_all([one.text for one in BOARD])
        await world.advance()
        question = (await world.question()).id
        one = await world.statement_id("minder regels")
        laid = Deed(ModeratorHere(world.moderator, "Rita"), DeedKind.MOVED, Step(MoveKind.PUT, 1))
        assert "data-stacks" not in await pushed(world, BoardMoved(question, laid, statements=(one,)))
        late = await world.run(submitted.add_for_room, page=await world.page(), text="Minder regels!")
        push = await pushed(world, LateStatementsReleased(question, (late,)))
        (told,) = re.findall(r'data-stacks="([^"]*)"', push)
        assert {late, one} in [set(stack.split()) for stack in told.split(",")]


async def test_what_is_hidden_is_in_no_stack_until_it_is_shown_again(tmp_path: Path):
    """Else a page that is longer by a stack tells who measures it that a hidden statement says what they wrote."""
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await world.write_all([one.text for one in BOARD[1:]])
        await world.advance()
        question, by = (await world.question()).id, {"moderator_id": world.moderator}
        same = [await world.statement_id("meer groen")]
        told = {}
        for hidden in (True, False):
            await world.run(themes.hide, page=await world.page(), chosen=same, hidden=hidden, **by)
            kind = MoveKind.HIDE if hidden else MoveKind.SHOW
            moved = Deed(ModeratorHere(world.moderator, "Rita"), DeedKind.MOVED, Step(kind, 1))
            push = await pushed(world, BoardMoved(question, moved, statements=tuple(same)))
            (told[hidden],) = re.findall(r'data-stacks="([^"]*)"', push)
        assert told[True] == "" and same[0] in told[False].split()


async def test_taking_a_stack_apart_pushes_no_card(tmp_path: Path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await world.write_all([one.text for one in BOARD])
        await world.advance()
        push = await pushed(world, StacksChanged((await world.question()).id))
        assert 'id="stacks"' in push and "statement-card" not in push
