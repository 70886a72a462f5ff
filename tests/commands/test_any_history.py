"""Any series of moves by two moderators, undone and done again in any order: what isn't refused restores exactly."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
from hypothesis import Phase
from hypothesis import strategies as some
from pytest import MonkeyPatch

from app.commands import steps, themes
from app.commands.outcome import Outcome
from app.domain.refusals import ConfirmationNeeded
from app.domain.themes import Board, Move, Touched
from app.store import history
from tests.commands.two_at_a_board import SERIES, Act, Check, Play, TwoAtABoard, play_any


async def undone_in_any_order(two: TwoAtABoard, drawn: tuple[Sequence[Act], Sequence[int], bool]) -> None:
    """When nobody was asked, the board is as it was before anybody did anything."""
    start, (series, order, is_restarted) = two.board(), drawn
    for act in series:
        await two.do(act)
    if is_restarted:
        await two.restart()
    asked, in_vain = False, 0
    for who in itertools.chain(order, itertools.cycle([0, 1])):
        done = await two.step(who, themes.undo)
        asked |= isinstance(done, ConfirmationNeeded)
        in_vain = 0 if done is True else in_vain + 1
        if in_vain > len(order) + 1:
            break
    if not asked:
        assert two.board() == start


async def undone_by_one(two: TwoAtABoard, series: Sequence[Act]) -> None:
    """What one changed is restored and nothing else: what stands is what the other did; redo brings all of it back."""
    start = two.board()
    for act in series:
        await two.do(act)
    end, count = two.board(), 0
    while (undone := await two.step(0, themes.undo)) is True:
        count += 1
    if undone is False:
        others = [step.move for step in two.steps() if step.moderator == two.both[1] and not step.undone]
        assert two.board() == reduce(Board.apply, others, start)
    for _ in range(count):
        assert await two.step(0, themes.redo) is True, "nobody moved since, so all of it can be done again"
    assert two.board() == end


async def answered(two: TwoAtABoard, drawn: tuple[Sequence[Act], str]) -> None:
    """Who passes over a step changes nothing and comes to the one before; who takes the rest overwrites nothing."""
    series, answer = drawn
    for act in series:
        await two.do(act)
    while (asked := await two.step(0, themes.undo)) is not False:
        if not isinstance(asked, ConfirmationNeeded):
            continue
        before = two.board()
        takes_rest = bool(answer and asked.hindered and asked.hindered.rest)
        assert await two.step(0, themes.undo, (asked.key, steps.REST if takes_rest else "")) is True
        assert (two.board() != before) == takes_rest
        next_one = await two.step(0, themes.undo, (asked.key, ""))
        assert not isinstance(next_one, ConfirmationNeeded) or next_one.key != asked.key


INTERLEAVED = some.tuples(SERIES, some.lists(some.integers(0, 1), max_size=6), some.booleans())
ANSWERED = some.tuples(SERIES, some.sampled_from(["", steps.REST]))


def test_all_undone_in_any_interleaving_restores_the_board_exactly(play: Play) -> None:
    play_any(play, undone_in_any_order, INTERLEAVED, 20)


def test_undo_of_all_by_one_restores_what_that_one_changed_and_nothing_else(play: Play) -> None:
    play_any(play, undone_by_one, SERIES, 20)


def test_a_step_that_is_in_the_way_is_passed_over_or_taken_in_part(play: Play) -> None:
    play_any(play, answered, ANSWERED, 12)


def overwrites_without_asking(plant: MonkeyPatch) -> None:
    plant.setattr(steps, "obstacle", lambda *_: None)


def puts_back_more_than_was_changed(plant: MonkeyPatch) -> None:
    plant.setattr(Board, "written_by", lambda _self, move: move.after)


def forgets_the_place_in_the_list(plant: MonkeyPatch) -> None:
    def at_the_end(move: Move) -> Move:
        places = {key: replace(place, rank="zi") for key, place in move.before.places.items()}
        return replace(move, before=move.after, after=Touched(move.before.themes, places))

    plant.setattr(Move, "inverse", at_the_end)


def takes_back_what_the_other_did(plant: MonkeyPatch) -> None:
    real = history.last_done

    async def last_of_all(db: Any, question_id: int) -> dict[int, Any]:
        rows = await real(db, question_id)
        newest = max(rows.values(), key=lambda row: row.seq, default=None)
        return dict.fromkeys(rows, newest)

    plant.setattr(history, "last_done", last_of_all)


def keeps_what_a_new_move_should_end(plant: MonkeyPatch) -> None:
    async def nothing(*_: Any) -> None:
        pass

    plant.setattr(history, "end_redo", nothing)


def passes_over_without_being_told(plant: MonkeyPatch) -> None:
    async def nothing_but(_db: Any, _session: Any, _question: Any, _board: Any, row: Any, _answer: Any) -> Any:
        row.passed_over = True
        return Outcome()

    plant.setattr(steps, "take", nothing_but)


@pytest.mark.parametrize(
    ("fault", "check", "drawing"),
    [
        (overwrites_without_asking, undone_by_one, SERIES),
        (puts_back_more_than_was_changed, undone_by_one, SERIES),
        (forgets_the_place_in_the_list, undone_in_any_order, INTERLEAVED),
        (takes_back_what_the_other_did, undone_by_one, SERIES),
        (keeps_what_a_new_move_should_end, undone_by_one, SERIES),
        (passes_over_without_being_told, undone_in_any_order, INTERLEAVED),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_fault_in_the_history_does_not_go_unnoticed(
    play: Play, monkeypatch: MonkeyPatch, fault: Callable[[MonkeyPatch], None], check: Check, drawing: Any
) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        play_any(play, check, drawing, 60, (Phase.generate,))
