"""Times of day as a moderator writes them: when a session begins, and when its agenda is through."""

from __future__ import annotations

import re

from app.domain.refusals import Reason, Refusal

_WRITTEN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(:[0-9]{2})?")
_MINUTES_IN_A_DAY = 24 * 60


def check_clock(text: str) -> str | None:
    """`19:30` of what was typed, None of nothing. Raises Refusal for what is no time of day."""
    typed = text.strip()
    if not typed:
        return None
    found = _WRITTEN.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refusal(Reason.TIME_MALFORMED)
    return f"{int(found[1]):02}:{found[2]}"


def clock_after(start: str, minutes: int) -> str:
    """What the clock says so many minutes after `19:30`; past midnight it begins again."""
    hours, past = start.split(":")
    at = (int(hours) * 60 + int(past) + minutes) % _MINUTES_IN_A_DAY
    return f"{at // 60:02}:{at % 60:02}"
