"""When a session begins, and when its agenda is through."""

import pytest

from app.domain.clock import check_clock, clock_after
from app.domain.refusals import Reason, Refusal


@pytest.mark.parametrize(
    ("typed", "kept"), [("19:30", "19:30"), (" 9.05 ", "09:05"), ("00:00:00", "00:00"), ("", None)]
)
def test_a_time_is_kept_as_hours_and_minutes(typed, kept):
    assert check_clock(typed) == kept


@pytest.mark.parametrize("typed", ["24:00", "19:60", "half acht", "1930", "-1:00", "19:3", "١٩:٣٠"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        check_clock(typed)
    assert refused.value.reason == Reason.TIME_MALFORMED


@pytest.mark.parametrize(
    ("start", "minutes", "through"),
    [("19:30", 90, "21:00"), ("23:30", 45, "00:15"), ("00:00", 0, "00:00"), ("20:00", 24 * 60, "20:00")],
)
def test_the_end_is_minutes_later_and_midnight_is_crossed_rightly(start, minutes, through):
    assert clock_after(start, minutes) == through
