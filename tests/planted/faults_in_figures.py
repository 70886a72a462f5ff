"""Faults in what is told of a closed vote beside its points."""

from __future__ import annotations

from pytest import MonkeyPatch

from app.domain import figures
from app.screens import figures as shown


def a_spread_of_few_ballots(plant: MonkeyPatch) -> None:
    plant.setattr(figures, "FEWEST_BALLOTS", 2)


def a_spread_of_two_people(plant: MonkeyPatch) -> None:
    plant.setattr(figures, "is_few", lambda _count: False)


def a_tie_that_is_called_firm(plant: MonkeyPatch) -> None:
    """Firm where every ballot gave both the same: then the word tells that everybody did."""
    plant.setattr(
        figures,
        "is_stable",
        lambda ballots, points: all(len({ballot.get(theme, 0) for theme in points}) == 1 for ballot in ballots),
    )


def a_single_giver_on_a_screen(plant: MonkeyPatch) -> None:
    plant.setattr(shown, "is_few", lambda _count: False)
