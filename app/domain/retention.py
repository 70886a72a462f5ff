"""How long a session is kept, and how long one that was deleted can still come back."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_TO_COME_BACK = 7
DAYS_OF_WARNING = 30
SECONDS_TO_COME_BACK = DAYS_TO_COME_BACK * 24 * 3600


def kept_until(held_on: date, kept_from: date, days: int) -> date:
    """The last day a session is kept.

    It counts from the gathering, or from when it was made, ended or imported if that is later: so an old session
    that is imported today is not gone tomorrow.
    """
    try:
        return max(held_on, kept_from) + timedelta(days=days)
    except OverflowError:
        return date.max


def is_past(until: date, today: date) -> bool:
    """Whether the last day is over."""
    return today > until


def is_soon(until: date, today: date) -> bool:
    """Whether so little time is left that a moderator should notice."""
    return until - today <= timedelta(days=DAYS_OF_WARNING)


def comes_back_until(deleted_at: int) -> int:
    """The moment (seconds since 1970) until which a deleted session can be put back."""
    return deleted_at + SECONDS_TO_COME_BACK
