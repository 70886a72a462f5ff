"""Which statements of a board are told as one stack, and that they are found once for one board, off the loop."""

from __future__ import annotations

import threading

import pytest

from app.domain.ignored import Ignored
from app.screens import control_room_stacks
from app.screens.control_room_stacks import stacks_of
from app.screens.control_room_view import ShownStatement
from app.suggestions import stacks

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
