"""Who may take a seat."""

import pytest

from app.domain.door import check_may_enter
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal


@pytest.mark.parametrize(
    ("status", "door_open", "reason"),
    [
        (Status.OPEN, False, Reason.DOOR_IS_CLOSED),
        (Status.DRAFT, True, Reason.SESSION_NOT_OPEN),
        # What can't be helped by asking the moderator is said first.
        (Status.ENDED, False, Reason.SESSION_HAS_ENDED),
    ],
)
def test_nobody_new_comes_in_through_a_closed_door_or_into_a_session_that_is_not_open(status, door_open, reason):
    with pytest.raises(Refusal) as refused:
        check_may_enter(status, door_open)
    assert refused.value.reason == reason


def test_an_open_door_of_an_open_session_lets_everybody_in():
    check_may_enter(Status.OPEN, door_open=True)
