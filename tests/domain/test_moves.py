"""What each move changes on the board, and what it refuses: no fixture, no database."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.domain import moves
from app.domain.moves import Spot
from app.domain.refusals import Reason, Refusal
from app.domain.themes import MOST_THEMES, Board, MoveKind, Place, ThemeState

BOARD = Board(
    {
        1: ThemeState("een", "A", "1i"),
        2: ThemeState("twee", "B", "2i"),
        3: ThemeState("drie", "C", "3i", carried_from=9),
    },
    {
        "a": Place(None, "1i"),
        "b": Place(None, "2i"),
        "c": Place(1, "1i"),
        "d": Place(1, "2i"),
        "e": Place(1, "3i", hidden=True),
        "f": Place(2, "1i"),
    },
)
MARK = "7i"


def reason(act: object, *arguments: object, **more: object) -> Reason:
    with pytest.raises(Refusal) as refused:
        act(*arguments, **more)  # type: ignore[operator]
    return refused.value.reason


def put(chosen: Sequence[str], theme: int | None, spot: Spot[str] = moves.AT_THE_END) -> list[str] | None:
    """The list as it lies after a put; None when nothing had to be moved."""
    move = moves.put(BOARD, chosen, theme, MARK, spot)
    return BOARD.apply(move).all_under(theme) if move else None


def test_statements_are_laid_where_they_are_dropped_in_the_order_they_have():
    assert put(["b", "a"], 1) == ["c", "d", "e", "b", "a"]
    assert put(["b", "a"], 1, Spot(before="d")) == ["c", "b", "a", "d", "e"]
    assert put(["b", "a"], 1, Spot(behind="c")) == ["c", "b", "a", "d", "e"]
    assert put(["f"], None, Spot(before="a")) == ["f", "a", "b"]
    assert put(["f", "c"], None, Spot(behind="b")) == ["a", "b", "f", "c"]


def test_what_is_dropped_on_itself_or_beside_what_goes_along_keeps_its_place():
    assert put(["d"], 1, Spot(before="d")) is None
    assert put(["c", "d"], 1, Spot(before="d")) is None
    assert put(["d", "c"], 1, Spot(before="c")) == ["d", "c", "e"]
    assert put(["c"], 1, Spot(behind="d")) == ["d", "c", "e"]


def test_a_place_beside_what_lies_elsewhere_now_is_refused():
    assert reason(moves.put, BOARD, ["a"], 1, MARK, Spot(before="f")) == Reason.PAGE_IS_STALE
    assert reason(moves.order_at, BOARD, 1, Spot(behind=99), MARK) == Reason.PAGE_IS_STALE


def test_a_put_says_whether_it_moved_arranged_or_took_over_a_suggestion():
    assert moves.put(BOARD, ["a"], 1, MARK).kind == MoveKind.PUT
    assert moves.put(BOARD, ["c"], 1, MARK).kind == MoveKind.ARRANGE
    assert moves.put(BOARD, ["a"], 1, MARK, suggested=True).kind == MoveKind.ACCEPT
    assert moves.put(BOARD, ["a"], 1, MARK).names == {1: "een"}


def test_what_lies_there_already_is_no_move():
    assert moves.put(BOARD, ["e"], 1, MARK) is None
    assert moves.rename(BOARD, 1, " een ") is None
    assert moves.step(BOARD, 1, -1, MARK) is None and moves.step(BOARD, 3, 1, MARK) is None
    assert moves.hide(BOARD, ["e"], True) is None


def test_a_theme_goes_to_any_place_and_keeps_all_else():
    order = BOARD.apply(moves.order_at(BOARD, 3, Spot(before=1), MARK))
    assert order.in_order() == [3, 1, 2] and order.themes[3].carried_from == 9
    assert BOARD.apply(moves.order_at(BOARD, 1, Spot(behind=2), MARK)).in_order() == [2, 1, 3]
    assert BOARD.apply(moves.order_at(BOARD, 1, Spot(), MARK)).in_order() == [2, 3, 1]


def test_a_selection_from_one_theme_is_split_off_next_to_it():
    state = moves.new_theme(BOARD, "nieuw", ["d"], [], MARK)
    move = moves.create(BOARD, 4, state, ["d"], MARK)
    after = BOARD.apply(move)
    assert move.kind == MoveKind.SPLIT and move.names == {1: "een"}
    assert after.in_order() == [1, 4, 2, 3] and after.under(4) == ["d"] and state.letter == "D"


def test_a_theme_from_several_places_or_from_none_stands_at_the_end():
    for chosen in ([], ["a"], ["a", "c"]):
        move = moves.create(BOARD, 4, moves.new_theme(BOARD, "nieuw", chosen, [], MARK), chosen, MARK)
        assert move.kind == MoveKind.CREATE and BOARD.apply(move).in_order() == [1, 2, 3, 4]


def test_a_letter_that_somebody_else_may_bring_back_is_not_given():
    assert moves.new_theme(BOARD, "nieuw", [], ["D", "E"], MARK).letter == "F"
    letters = ["A" + chr(65 + number) for number in range(26)] + [chr(65 + number) for number in range(26)]
    assert moves.new_theme(BOARD, "nieuw", [], letters, MARK).letter == "D", "rather than none at all"
    full = Board({number: ThemeState(str(number), "A", f"{number}i") for number in range(MOST_THEMES)}, {})
    assert reason(moves.new_theme, full, "nieuw", [], [], MARK) == Reason.TOO_MANY_THEMES


def test_what_was_hidden_goes_along_and_stays_hidden():
    after = BOARD.apply(moves.merge(BOARD, 1, 2, MARK))
    assert after.all_under(2) == ["f", "c", "d", "e"] and after.under(2) == ["f", "c", "d"]
    assert BOARD.apply(moves.remove(BOARD, 1, MARK)).all_under(None) == ["a", "b", "c", "d", "e"]


def test_hiding_touches_only_what_is_not_hidden_yet():
    assert set(moves.hide(BOARD, ["d", "e"], True).after.places) == {"d"}


@pytest.mark.parametrize(
    ("chosen", "why"), [([], "no_statements_chosen"), (["a", "a"], "statement_unknown"), (["x"], "statement_unknown")]
)
def test_only_statements_of_the_board_can_be_moved_each_once(chosen: list[str], why: str):
    assert reason(moves.put, BOARD, chosen, 1, MARK) == why
    assert reason(moves.hide, BOARD, chosen, True) == why


def test_a_theme_that_is_not_there_is_refused():
    for act in (moves.remove,):
        assert reason(act, BOARD, 8, MARK) == Reason.THEME_UNKNOWN
    assert reason(moves.put, BOARD, ["a"], 8, MARK) == Reason.THEME_UNKNOWN
    assert reason(moves.merge, BOARD, 1, 1, MARK) == Reason.THEME_UNKNOWN
    assert reason(moves.rename, BOARD, 8, "x") == Reason.THEME_UNKNOWN
