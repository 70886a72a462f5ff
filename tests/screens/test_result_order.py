"""One order of result for every screen and report."""

from app.screens.result_order import in_result_order
from app.store.tables import RoundTheme


def voted(*points: int | None) -> list[RoundTheme]:
    """Themes 1, 2, 3 … in board order."""
    return [
        RoundTheme(round_id=1, theme_id=key, tie_order=key, letter="A", name="A", points=given)
        for key, given in enumerate(points, 1)
    ]


def test_without_a_vote_the_board_decides() -> None:
    assert in_result_order([], [3, 1, 2]) == [3, 1, 2]


def test_points_fall_and_ties_stay_as_they_were_on_the_board() -> None:
    assert in_result_order(voted(1, 4, 0, 4), [4, 3, 2, 1]) == [2, 4, 1, 3]


def test_a_removed_theme_is_kept_only_with_points_and_a_new_one_comes_last() -> None:
    assert in_result_order(voted(2, 3, None), [1, 9]) == [2, 1, 9]


def test_hands_order_the_themes_only_where_no_ballot_does() -> None:
    assert in_result_order(voted(1, 4, 0), [1, 2, 3], {3: 90}) == [2, 1, 3]
    assert in_result_order(voted(None, None, None), [1, 2, 3], {3: 9, 2: 9}) == [2, 3, 1]


def test_a_removed_theme_is_kept_for_what_hands_gave_it_too() -> None:
    assert in_result_order(voted(2, None, None), [1], {2: 3, 3: 0}) == [1, 2]
