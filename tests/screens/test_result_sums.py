"""Every screen adds a result up in the same way."""

from __future__ import annotations

import pytest

from app.screens import big_screen_view, control_room_board_view, control_room_view, phone_view
from app.screens.result_sums import ResultSums

GIVEN = ((4, None), (None, 6), (1, 0))
ON_BIG_SCREEN = tuple(big_screen_view.ShownTheme("", "A", points=points, by_hand=hands) for points, hands in GIVEN)
IN_CONTROL_ROOM = tuple(
    control_room_board_view.ShownTheme(1, "", "A", points=points, by_hand=hands) for points, hands in GIVEN
)
ON_PHONE = tuple(phone_view.ShownTheme(1, "", "A", "a", points=points, by_hand=hands) for points, hands in GIVEN)
RESULTS: dict[str, ResultSums] = {
    "big_screen": big_screen_view.Result(ON_BIG_SCREEN, 3),
    "control_room": control_room_view.Result(IN_CONTROL_ROOM, ()),
    "phone": phone_view.Result(1, ON_PHONE, ()),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_points_of_ballots_and_those_counted_by_hand_are_never_added_up(result: ResultSums) -> None:
    assert (result.points, result.most, result.longest) == (5, 4, 4)
    assert (result.by_hand, result.most_by_hand) == (6, 6)
