"""Whose turn it is on the agenda: what comes next, what is passed over, and what may be cut short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.domain.phases import Phase


class HasTurn(Protocol):
    """An item of an agenda, which may have had its turn or may be passed over."""

    @property
    def phase(self) -> str: ...

    @property
    def skipped(self) -> bool: ...


Item = TypeVar("Item", bound=HasTurn)


def next_in_turn(agenda: Iterable[Item]) -> Item | None:
    """The first that has not had its turn and is not passed over; None when nothing is left."""
    return next((item for item in agenda if item.phase == Phase.WAITING and not item.skipped), None)


def place_between(agenda: Sequence[HasTurn], current: int | None) -> int:
    """Where an unplanned question goes: right behind the one at place `current`, or before all that still wait."""
    if current is not None:
        return current + 1
    return next((place for place, item in enumerate(agenda) if item.phase == Phase.WAITING), len(agenda))


def may_pass_over(phase: Phase) -> bool:
    """Whether an item can be marked to be passed over, or to be asked after all: before its turn."""
    return phase == Phase.WAITING


def may_cut_short(phase: Phase) -> bool:
    """Whether the rest of a question can be skipped: while there is a rest. A pause ends with the next step."""
    return phase in (Phase.COLLECT, Phase.CLUSTER, Phase.VOTE)
