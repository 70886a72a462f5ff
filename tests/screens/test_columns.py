"""Themes are dealt out over columns so that the room can read all of them."""

from __future__ import annotations

from app.screens.big_screen_view import ShownStatement, ShownTheme
from app.screens.columns import arrange


def themes(*sizes: int) -> list[ShownTheme]:
    return [
        ShownTheme(f"Thema {letter}", letter, tuple(ShownStatement(f"{letter}{n}", "uitspraak") for n in range(size)))
        for letter, size in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sizes, strict=False)
    ]


def letters(columns: tuple[tuple[ShownTheme, ...], ...]) -> list[str]:
    return ["".join(theme.letter for theme in column) for column in columns]


def test_few_themes_have_a_column_each() -> None:
    assert letters(arrange(themes(2, 3))) == ["A", "B"]


def test_themes_go_from_left_to_right_while_that_fits() -> None:
    assert letters(arrange(themes(5, 2, 2, 2, 1, 2, 4, 4))) == ["AE", "BF", "CG", "DH"]


def test_a_full_column_gets_no_more_while_another_has_room() -> None:
    columns = arrange(themes(9, 2, 2, 2, 9, 2, 2, 2))
    assert not [column for column in letters(columns) if "A" in column and "E" in column]


def test_no_theme_is_lost_however_many_there_are() -> None:
    dealt = arrange(themes(*[6] * 26))
    assert sorted("".join(letters(dealt))) == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_the_same_board_is_always_dealt_the_same_way() -> None:
    board = themes(4, 8, 1, 7, 3, 9, 2, 2, 5, 6, 1)
    assert arrange(board) == arrange(board)
