"""Moves on the board: each has an inverse that restores it exactly."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain.themes import (
    Board,
    Move,
    MoveKind,
    Place,
    Step,
    ThemeState,
    Touched,
    in_words,
    next_letter,
    offers_last_step,
    tint,
)

names = some.text(max_size=5)
states = some.builds(ThemeState, names, some.sampled_from("ABC"), some.sampled_from(["1i", "2i", "3i"]))
places = some.builds(Place, some.one_of(some.none(), some.integers(1, 3)), some.sampled_from(["1i", "2i", "3i"]))
boards = some.builds(
    Board,
    some.dictionaries(some.integers(1, 4), states, max_size=4),
    some.dictionaries(some.sampled_from("abcdef"), places, max_size=6),
)


@some.composite
def a_board_and_a_move(draw):
    """Any change to some themes and to the places of some statements of a board."""
    board = draw(boards)
    themes = draw(some.dictionaries(some.integers(1, 6), some.one_of(some.none(), states), max_size=3))
    moved = draw(some.lists(some.sampled_from(sorted(board.places)), unique=True)) if board.places else []
    before = Touched({key: board.themes.get(key) for key in themes}, {key: board.places[key] for key in moved})
    after = Touched(themes, {key: draw(places) for key in moved})
    return board, Move(MoveKind.PUT, before, after)


@given(a_board_and_a_move())
def test_a_move_and_its_inverse_restore_the_board_exactly(made):
    board, move = made
    moved = board.apply(move)
    assert moved.stands_as(move.after)
    assert moved.apply(move.inverse()) == board
    assert move.inverse().inverse() == move


@given(a_board_and_a_move())
def test_no_move_loses_a_statement(made):
    board, move = made
    assert board.apply(move).places.keys() == board.places.keys()


@given(boards)
def test_every_statement_lies_in_exactly_one_place(board):
    under = [key for theme in [None, 1, 2, 3] for key in board.under(theme)]
    assert sorted(under) == sorted(board.places)


def test_moves_on_different_things_do_not_overlap():
    one, other = Touched({1: None}, {"a": Place(1, "1i")}), Touched({2: None}, {"b": Place(1, "1i")})
    assert not one.overlaps(other)
    assert one.overlaps(Touched({1: None})) and one.overlaps(Touched(places={"a": Place(None, "i")}))


def test_letters_go_on_after_z_and_a_freed_one_is_given_again():
    taken = []
    for _ in range(52):
        taken.append(next_letter(taken))
    assert (taken[0], taken[25], taken[26], taken[51]) == ("A", "Z", "AA", "AZ")
    assert next_letter(["A", "C"]) == "B"


def test_the_thirteenth_theme_has_the_first_tint_again():
    assert [tint(letter) for letter in ("A", "L", "M", "Z", "AA", "AZ")] == ["a", "l", "a", "b", "c", "d"]


def test_a_move_in_words_names_the_theme_as_it_is_called_now():
    put = Move(MoveKind.PUT, Touched(places={"a": Place(None, "a")}), Touched(places={"a": Place(7, "a")}))
    assert in_words(put, {7: "Nu"}) == Step(MoveKind.PUT, 1, "Nu")
    assert in_words(put.inverse(), {7: "Nu"}) == Step(MoveKind.PUT, 1, "")
    gone = Move(MoveKind.REMOVE, Touched({7: ThemeState("Weg", "A", "a")}), Touched({7: None}))
    assert in_words(gone, {}) == Step(MoveKind.REMOVE, 0, "Weg", "Weg")


def test_a_page_offers_the_last_step_unless_another_moved_since():
    assert offers_last_step(1, [])
    assert offers_last_step(1, [1, 1])
    assert not offers_last_step(1, [1, 2])
