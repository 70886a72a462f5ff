"""Two votes on one question beside each other: what moved between them, in points and in place."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.domain.figures import places

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Standing:
    """A theme in one vote; `place` is None without points."""

    points: int
    place: int | None


@dataclass(frozen=True)
class Change:
    """A theme in the earlier and in the later of two votes; None where it was not voted on."""

    before: Standing | None
    now: Standing | None

    @property
    def points(self) -> int | None:
        """Points gained, or lost below 0; None where it was not in both votes."""
        return self.now.points - self.before.points if self.now and self.before else None

    @property
    def risen(self) -> int | None:
        """Places risen, or fallen below 0; None where it had no place in one of the votes."""
        before, now = (one.place if one else None for one in (self.before, self.now))
        return before - now if before and now else None


def compare(before: Mapping[Key, int | None], now: Mapping[Key, int | None]) -> dict[Key, Change]:
    """What moved for each theme of either vote, by its key: those of the later vote first, in its order."""
    then, later = _standings(before), _standings(now)
    return {key: Change(then.get(key), later.get(key)) for key in {**later, **then}}


def _standings(points: Mapping[Key, int | None]) -> dict[Key, Standing]:
    found = zip(points.items(), places(list(points.values())), strict=True)
    return {key: Standing(given or 0, place) for (key, given), place in found}
