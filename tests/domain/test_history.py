"""What stands in the way of a step back or again, by whom, and what each step is called."""

from __future__ import annotations

from dataclasses import replace

from app.domain import moves
from app.domain.history import Recorded, Step, in_words, obstacle, rest
from app.domain.themes import Board, Move, MoveKind, Place, ThemeState, Touched

ME, ANNA = 1, 2
BOARD = Board(
    {1: ThemeState("een", "A", "1i"), 2: ThemeState("twee", "B", "2i")},
    {"a": Place(None, "1i"), "b": Place(None, "2i"), "c": Place(1, "1i")},
)


def after(board: Board, *made: Move | None) -> Board:
    for move in made:
        assert move is not None
        board = board.apply(move)
    return board


def theirs(seq: int, move: Move | None) -> Recorded:
    assert move is not None
    return Recorded(ANNA, seq, move)


def test_what_nobody_touched_since_can_be_undone():
    mine = moves.put(BOARD, ["a"], 1, "1i")
    elsewhere = moves.put(after(BOARD, mine), ["b"], 2, "2i")
    assert obstacle(after(BOARD, mine, elsewhere), mine.inverse(), [theirs(2, elsewhere)]) is None


def test_a_statement_that_another_moved_on_is_in_the_way_and_the_last_who_did_it_is_named():
    mine = moves.put(BOARD, ["a", "b"], 1, "1i")
    first = moves.put(after(BOARD, mine), ["a"], 2, "2i")
    second = moves.put(after(BOARD, mine, first), ["a"], None, "3i")
    board = after(BOARD, mine, first, second)
    found = obstacle(board, mine.inverse(), [theirs(2, first), theirs(3, second)])
    assert found.parts == {("spot", "a")} and found.by == theirs(3, second)
    assert list(rest(BOARD, mine.inverse(), found.parts).after.places) == ["b"]


def test_who_changed_something_to_the_same_again_chose_it_and_is_not_overwritten():
    mine = moves.rename(BOARD, 1, "mijn naam")
    one = moves.rename(after(BOARD, mine), 1, "anders")
    back = moves.rename(after(BOARD, mine, one), 1, "mijn naam")
    board = after(BOARD, mine, one, back)
    assert board.themes[1].name == "mijn naam"
    assert obstacle(board, mine.inverse(), [theirs(2, one), theirs(3, back)]).by == theirs(3, back)


def test_another_change_of_the_same_theme_or_statement_is_in_nobodys_way():
    renamed, moved = moves.rename(BOARD, 1, "nieuw"), moves.step(BOARD, 1, 1, "2i")
    assert obstacle(after(BOARD, renamed, moved), renamed.inverse(), [theirs(2, moved)]) is None
    put, hidden = moves.put(BOARD, ["a"], 1, "1i"), moves.hide(BOARD, ["a"], True)
    assert obstacle(after(BOARD, put, hidden), put.inverse(), [theirs(2, hidden)]) is None


def test_a_theme_in_which_another_laid_something_is_not_taken_away():
    mine = moves.create(BOARD, 3, moves.new_theme(BOARD, "drie", ["a"], [], "1i"), ["a"], "1i")
    laid = moves.put(after(BOARD, mine), ["b"], 3, "2i")
    found = obstacle(after(BOARD, mine, laid), mine.inverse(), [theirs(2, laid)])
    assert found.parts == {("list", 3)} and found.by.move == laid
    assert rest(BOARD, mine.inverse(), found.parts) is None, "a theme goes whole or not at all"


def test_a_theme_that_another_renamed_is_not_taken_away_either():
    mine = moves.create(BOARD, 3, moves.new_theme(BOARD, "drie", [], [], "1i"), [], "1i")
    renamed = moves.rename(after(BOARD, mine), 3, "vier")
    assert obstacle(after(BOARD, mine, renamed), mine.inverse(), [theirs(2, renamed)]).parts == {("name", 3)}


def test_nothing_goes_back_under_a_theme_that_is_gone():
    mine = moves.put(BOARD, ["c"], None, "1i")
    gone = moves.remove(after(BOARD, mine), 1, "2i")
    found = obstacle(after(BOARD, mine, gone), mine.inverse(), [theirs(2, gone)])
    assert found.parts == {("there", 1)} and found.by.move == gone


def test_who_only_hid_a_statement_shows_it_again_where_it_lies_now():
    mine = moves.hide(BOARD, ["c"], True)
    removed = moves.remove(after(BOARD, mine), 1, "2i")
    board = after(BOARD, mine, removed)
    assert obstacle(board, mine.inverse(), [theirs(2, removed)]) is None
    assert board.apply(mine.inverse()).places["c"] == Place(None, removed.after.places["c"].rank)


def test_a_theme_does_not_come_back_with_a_letter_that_another_has():
    mine = moves.remove(BOARD, 2, "1i")
    board = after(BOARD, mine)
    made = moves.create(board, 3, ThemeState("drie", "B", "9i"), [], "2i")
    found = obstacle(after(board, made), mine.inverse(), [theirs(2, made)])
    assert found.parts == {("letter", 3)} and found.by.move == made


def test_what_changed_without_a_step_in_the_history_is_in_the_way_of_nobody_in_particular():
    mine = moves.rename(BOARD, 1, "nieuw")
    board = Board({**BOARD.themes, 1: ThemeState("door niemand", "A", "1i")}, BOARD.places)
    found = obstacle(board, mine.inverse(), [])
    assert found.parts == {("name", 1)} and found.by is None


def test_a_statement_that_was_retracted_is_in_nobodys_way():
    mine = moves.put(BOARD, ["a", "b"], 1, "1i")
    now = after(BOARD, mine)
    left = Board(now.themes, {key: place for key, place in now.places.items() if key != "a"})
    assert obstacle(left, mine.inverse(), []) is None
    assert left.apply(mine.inverse()).under(None) == ["b"]


def test_a_statement_that_another_moved_before_it_was_retracted_is_in_nobodys_way_either():
    mine = moves.put(BOARD, ["a", "b"], 1, "1i")
    theirs_on_both = moves.put(after(BOARD, mine), ["a", "b"], 2, "2i")
    board = after(BOARD, mine, theirs_on_both)
    board = replace(board, places={key: place for key, place in board.places.items() if key != "a"})
    found = obstacle(board, mine.inverse(), [theirs(2, theirs_on_both)])
    assert found.parts == {("spot", "b")}
    assert rest(board, mine.inverse(), found.parts) is None, "nothing is left that could go"


def test_each_step_is_told_with_numbers_and_names_as_they_are_now():
    names = {1: "nu", 2: "twee"}
    assert in_words(moves.put(BOARD, ["a", "b"], 1, "1i"), names) == Step(MoveKind.PUT, 2, "nu")
    assert in_words(moves.put(BOARD, ["c"], None, "1i"), names) == Step(MoveKind.PUT, 1, "")
    assert in_words(moves.put(BOARD, ["c"], 2, "1i", suggested=True), names) == Step(MoveKind.ACCEPT, 1, "twee")
    assert in_words(moves.put(BOARD, ["b", "a"], None, "1i"), names) == Step(MoveKind.ARRANGE, 2, "")
    assert in_words(moves.rename(BOARD, 1, "nu"), names) == Step(MoveKind.RENAME, 0, "nu", "een")
    assert in_words(moves.remove(BOARD, 1, "1i"), {2: "twee"}) == Step(MoveKind.REMOVE, 1, "een", "een")
    assert in_words(moves.merge(BOARD, 1, 2, "1i"), {2: "twee"}) == Step(MoveKind.MERGE, 1, "twee", "een")
    assert in_words(moves.merge(BOARD, 2, 1, "1i"), {1: "nu"}) == Step(MoveKind.MERGE, 0, "nu", "twee")
    split = moves.create(BOARD, 3, ThemeState("drie", "C", "15i"), ["c"], "1i")
    assert in_words(split, {**names, 3: "drie"}) == Step(MoveKind.SPLIT, 1, "drie", "nu")
    assert in_words(moves.hide(BOARD, ["a"], True), names) == Step(MoveKind.HIDE, 1)


def test_a_step_to_a_theme_that_is_gone_still_has_its_name():
    assert in_words(moves.put(BOARD, ["a"], 1, "1i"), {}) == Step(MoveKind.PUT, 1, "een")
    old = Move(MoveKind.PUT, Touched(places={"a": Place(None, "1i")}), Touched(places={"a": Place(7, "1i")}))
    assert in_words(old, {7: "Nu"}) == Step(MoveKind.PUT, 1, "Nu")
