"""The attendance list: when people may put themselves on it, and what the report tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.phases import Status

MOST_ATTENDEES = 1000
# In a smaller group a role is as good as a name.
LARGE_GROUP = 10
SECONDS_OPEN_AFTER_END = 24 * 3600


class Standing(StrEnum):
    """Whether people may put themselves on the list now, and if not, why."""

    OFF = "off"
    NOT_YET = "not_yet"
    OPEN = "open"
    DURING = "during"
    OVER = "over"


def standing(wanted: bool, status: str, begun: bool, is_done: bool, seconds_since_end: float) -> Standing:
    """Open before the first question and after the last, so that when somebody does it tells nothing of a statement.

    `begun`: a question was asked; `is_done`: the last one has come to its result and nothing follows.
    """
    if not wanted:
        return Standing.OFF
    if status == Status.DRAFT:
        return Standing.NOT_YET
    if status == Status.ENDED:
        return Standing.OPEN if seconds_since_end < SECONDS_OPEN_AFTER_END else Standing.OVER
    return Standing.OPEN if not begun or is_done else Standing.DURING


def shows_roles(count: int, wanted: bool | None) -> bool:
    """Whether the report tells roles: as the moderator chose, or else only of a group large enough."""
    return count >= LARGE_GROUP if wanted is None else wanted


@dataclass(frozen=True)
class ToldAttendance:
    """What a report tells: how many, and either names (each with its role, when roles are told) or roles counted."""

    count: int = 0
    names: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, int], ...] = ()


def told(people: Sequence[tuple[str, str]], names: bool, roles: bool | None) -> ToldAttendance:
    """The attendance list (name and role, by name) as the report may tell it."""
    with_roles = shows_roles(len(people), roles)
    if names:
        return ToldAttendance(len(people), tuple((name, role if with_roles else "") for name, role in people))
    return ToldAttendance(len(people), roles=_counted([role for _, role in people if role]) if with_roles else ())


def _counted(roles: list[str]) -> tuple[tuple[str, int], ...]:
    """Roles by name with how many have them; capitals make no other role."""
    spelled: dict[str, str] = {}
    for role in sorted(roles):
        spelled.setdefault(role.casefold(), role)
    counts = Counter(role.casefold() for role in roles)
    return tuple((spelled[key], counts[key]) for key in sorted(counts))
