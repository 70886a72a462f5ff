"""Who leads alone is never asked: any series of moves, undone, restores the board exactly, and done again as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import strategies as some
from pytest import MonkeyPatch
from sqlalchemy import delete

from app.commands import run, themes
from app.domain.themes import Board, Move, Place, ThemeState, Touched
from app.store import actions
from app.store.tables import BoardMove
from tests.commands.two_at_a_board import OPENING, REDO, SERIES, UNDO, Act, Play, TwoAtABoard, play_any

# Any acts, all by one, and after which of them the server is started again.
SERIES_OF_ONE = some.tuples(
    SERIES.map(lambda series: [replace(act, who=0) for act in series]), some.sets(some.integers(0, 12), max_size=1)
)


async def boards_in_a_line(two: TwoAtABoard, drawn: tuple[Sequence[Act], set[int]]) -> None:
    """Undo goes back along the boards there were, redo on, and a new move begins their end anew; to the last part."""
    series, restarts = drawn
    line, place, agreed = [two.board()], 0, []
    for number, act in enumerate(series):
        done, now = await two.do(act), two.board()
        if act.kind in (UNDO, REDO):
            assert done == (place > 0 if act.kind == UNDO else place + 1 < len(line)), "there was a step, and none went"
            place += (1 if act.kind == REDO else -1) * done
        elif now != line[place]:
            line[place + 1 :], place = [now], place + 1
        assert now == line[place]
        if number < len(OPENING):
            agreed += now.themes.keys() - set(agreed)
            await two.agree_on(agreed[-1])
        if number in restarts:
            await two.restart()
        assert two.agreed() == [theme if theme in now.themes else None for theme in agreed]
    await _all_the_way(two, line[: place + 1][::-1], themes.undo)
    await _all_the_way(two, line, themes.redo)


async def _all_the_way(two: TwoAtABoard, boards: Sequence[Board], command: Any) -> None:
    for board in boards[1:]:
        assert await two.step(0, command) is True
        assert two.board() == board
    assert await two.step(0, command) is False, "there is no step beyond"


def test_the_boards_of_one_who_leads_alone_are_a_line(play: Play) -> None:
    play_any(play, boards_in_a_line, SERIES_OF_ONE, 12)


def spoils(part: str, value: Any) -> Callable[[MonkeyPatch], None]:
    """Undo brings a theme or a place back, but for one part of it."""
    real = Move.inverse

    def spoiled(state: ThemeState | Place | None) -> Any:
        return replace(state, **{part: value}) if state and hasattr(state, part) else state

    def inverse(move: Move) -> Move:
        back = real(move)
        themes_there, places = back.after.themes.items(), back.after.places.items()
        states, lying = {key: spoiled(one) for key, one in themes_there}, {key: spoiled(one) for key, one in places}
        return replace(back, after=Touched(states, lying))

    def plant(patch: MonkeyPatch) -> None:
        patch.setattr(Move, "inverse", inverse)

    plant.__name__ = f"spoils_{part}"
    return plant


def lets_action_items_go(patch: MonkeyPatch) -> None:
    async def nothing(*_: Any) -> None:
        pass

    patch.setattr(actions, "give_theme_back", nothing)


def forgets_all_at_a_restart(patch: MonkeyPatch) -> None:
    real = run.Writer.forget_order

    async def and_steps(self: run.Writer, now: bool = False) -> None:
        await real(self, now)
        async with self.database.writer() as db, db.begin():
            await db.exec(delete(BoardMove))

    patch.setattr(run.Writer, "forget_order", and_steps)


@pytest.mark.parametrize(
    "fault",
    [
        spoils("name", "anders"),
        spoils("letter", "Q"),
        spoils("rank", "zi"),
        spoils("theme", None),
        spoils("hidden", False),
        lets_action_items_go,
        forgets_all_at_a_restart,
    ],
    ids=lambda fault: fault.__name__,
)
def test_a_part_that_is_not_restored_does_not_go_unnoticed(
    play: Play, monkeypatch: MonkeyPatch, fault: Callable[[MonkeyPatch], None]
) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        play_any(play, boards_in_a_line, SERIES_OF_ONE, 40, (Phase.generate,))
