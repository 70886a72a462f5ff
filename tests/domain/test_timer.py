"""The timer counts seconds left, and never ends anything by itself."""

from hypothesis import given
from hypothesis import strategies as some

from app.domain.timer import LONGEST_SECONDS, USUAL_SECONDS, Timer

moments = some.floats(0, 10**5)


def test_starting_without_a_setting_gives_five_minutes():
    timer = Timer().start(1000.0)
    assert timer.seconds_left(1000.0) == USUAL_SECONDS and timer.is_running


@given(moments)
def test_time_left_never_falls_below_zero(passed):
    assert Timer(60, 0.0).seconds_left(passed) == max(0, round(60 - passed))


@given(moments, moments)
def test_a_pause_costs_no_time(before, pause):
    paused = Timer(LONGEST_SECONDS, 0.0).pause(before)
    assert paused.start(before + pause).seconds_left(before + pause) == paused.seconds_left(before)


@given(moments)
def test_a_minute_more_is_a_minute_more_and_keeps_running_or_resting(now):
    running, resting = Timer(30, now), Timer(30, None)
    assert running.add_minute(now).seconds_left(now) == 90 and running.add_minute(now).is_running
    assert resting.add_minute(now).seconds_left(now) == 90 and not resting.add_minute(now).is_running


def test_a_minute_after_the_time_is_up_is_a_whole_minute():
    assert Timer(10, 0.0).add_minute(500.0).seconds_left(500.0) == 60


def test_without_a_timer_there_is_nothing_to_show_until_the_first_minute_is_added():
    assert Timer().seconds_left(5.0) is None and not Timer().is_set
    assert Timer().add_minute(5.0).seconds_left(5.0) == 60


def test_minutes_can_be_added_up_to_six_hours():
    timer = Timer(LONGEST_SECONDS, None)
    assert timer.add_minute(0).seconds == LONGEST_SECONDS
