"""Points counted on paper or by raised hands: what may be entered, and what it orders; never added to the ballots'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.refusals import Reason, Refusal

MOST_BY_HAND = 100_000
Key = TypeVar("Key")


@dataclass(frozen=True)
class Entry:
    """What a moderator entered for a theme, and what `stood` there on the page it was entered on; None: not counted."""

    theme: int
    points: int | None
    stood: int | None = None


@dataclass(frozen=True)
class Recounted:
    """A theme by its name, for which a colleague entered another count meanwhile: what stands, and what was entered."""

    theme: str
    stands: int | None
    entered: int | None


def read_points(text: str) -> int | None:
    """Points counted by hand as typed; None for an empty field, which takes a count away.

    Raises Refusal for anything but a whole number from 0 to MOST_BY_HAND.
    """
    typed = text.strip()
    if not typed:
        return None
    digits = typed.lstrip("0") or "0"
    # Counted before it is read: a number of thousands of digits is none of ours.
    if not (typed.isascii() and typed.isdigit()) or len(digits) > len(str(MOST_BY_HAND)) or int(digits) > MOST_BY_HAND:
        raise Refusal(Reason.HAND_COUNT_MALFORMED, most=MOST_BY_HAND)
    return int(digits)


def changes(
    entries: Iterable[Entry], standing: Mapping[int, int], themes: Mapping[int, str]
) -> tuple[dict[int, int | None], tuple[Recounted, ...]]:
    """The counts that change (None: taken away), and those of them that a colleague changed since the page was drawn.

    `themes` are those of the vote, ids to names. A field that was left as it was on the page changes nothing, whatever
    stands now.
    Raises Refusal when a theme was not in this vote.
    """
    changed: dict[int, int | None] = {}
    recounted = []
    for entry in entries:
        if entry.theme not in themes:
            raise Refusal(Reason.HAND_COUNT_NOT_IN_VOTE)
        stands = standing.get(entry.theme)
        if entry.points in (entry.stood, stands):
            continue
        changed[entry.theme] = entry.points
        if stands != entry.stood:
            recounted.append(Recounted(themes[entry.theme], stands, entry.points))
    return changed, tuple(recounted)


def weights(points: Mapping[Key, int | None], by_hand: Mapping[Key, int]) -> Mapping[Key, int | None]:
    """What orders the themes of a closed vote: the points of its ballots, or where these tell none, the hand counts.

    Never their sum: whoever raised a hand may have given points by phone, too, and nobody can tell. So beside a tally
    hand counts don't break ties either; they order the themes only where no ballot does: nobody voted by phone, or
    too few did to stay secret.
    """
    return points if any(points.values()) else by_hand


def first_with_ties(given: Mapping[Key, int | None], order: Sequence[Key], number: int) -> list[Key]:
    """The first `number` of `order` (by falling points) that have any, and all after them with as many as the last."""
    having = [key for key in order if given.get(key)]
    if len(having) <= number:
        return having
    fewest = given[having[number - 1]] or 0
    return [key for key in having if (given[key] or 0) >= fewest]


def total(points: Iterable[int | None]) -> int | None:
    """All points counted by hand; None where nobody counted."""
    counted = [number for number in points if number is not None]
    return sum(counted) if counted else None
