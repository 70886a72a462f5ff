"""One rule for how long a session is kept."""

from __future__ import annotations

from datetime import date

from app.domain import retention

EVENING = date(2026, 11, 24)


def test_a_session_is_kept_for_so_many_days_after_the_gathering() -> None:
    assert retention.kept_until(EVENING, date(2026, 11, 1), 365) == date(2027, 11, 24)


def test_an_old_session_imported_today_is_kept_from_today() -> None:
    assert retention.kept_until(date(2005, 8, 18), EVENING, 365) == date(2027, 11, 24)


def test_the_last_day_is_still_kept() -> None:
    until = date(2027, 11, 24)
    assert not retention.is_past(until, until)
    assert retention.is_past(until, date(2027, 11, 25))


def test_a_moderator_is_warned_thirty_days_ahead() -> None:
    until = date(2027, 11, 24)
    assert retention.is_soon(until, date(2027, 10, 25))
    assert not retention.is_soon(until, date(2027, 10, 24))


def test_a_day_beyond_the_calendar_is_its_last_day() -> None:
    assert retention.kept_until(date(9999, 12, 1), EVENING, 365) == date.max


def test_a_deleted_session_can_come_back_for_a_week() -> None:
    assert retention.comes_back_until(0) == 7 * 24 * 3600
