"""Moves on the board: each has an inverse that restores it exactly."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain.themes import Board, Move, MoveKind, Place, ThemeState, Touched, next_letter, tint

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


def test_a_move_changes_what_it_is_about_and_leaves_what_else_was_changed_there():
    renamed = Move(
        MoveKind.RENAME, Touched({1: ThemeState("oud", "A", "1i")}), Touched({1: ThemeState("nieuw", "A", "1i")})
    )
    moved = Board({1: ThemeState("nieuw", "A", "7i")}, {})
    assert moved.apply(renamed.inverse()).themes[1] == ThemeState("oud", "A", "7i")
    put = Move(MoveKind.PUT, Touched(places={"a": Place(None, "1i")}), Touched(places={"a": Place(1, "2i")}))
    hidden = Board({1: ThemeState("x", "A", "1i")}, {"a": Place(1, "2i", hidden=True)})
    assert hidden.apply(put.inverse()).places["a"] == Place(None, "1i", hidden=True)


def test_a_statement_that_is_not_on_the_board_any_more_is_left_out():
    put = Move(MoveKind.PUT, Touched(places={"a": Place(None, "1i")}), Touched(places={"a": Place(1, "2i")}))
    assert Board({}, {}).written_by(put.inverse()) == Touched()
