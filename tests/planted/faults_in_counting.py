"""Faults in what is counted by hand: a check that does not notice its fault checks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest import MonkeyPatch
from sqlalchemy import update
from sqlmodel import col

from app.commands import hand_counts as commands
from app.screens import big_screen, phone, refresh, report, result_order
from app.store.tables import RoundTheme


def hands_added_to_the_stored_tally(plant: MonkeyPatch) -> None:
    real = commands.hand_counts.change

    async def adding(db: Any, round_id: int, points: Mapping[int, int | None]) -> None:
        await real(db, round_id, points)
        for theme, number in points.items():
            counted = (col(RoundTheme.round_id) == round_id) & (col(RoundTheme.theme_id) == theme)
            await db.exec(update(RoundTheme).where(counted).values(points=RoundTheme.points + (number or 0)))

    plant.setattr(commands.hand_counts, "change", adding)


def hands_added_on_the_big_screen(plant: MonkeyPatch) -> None:
    _add_in(plant, big_screen)


def hands_added_on_phones(plant: MonkeyPatch) -> None:
    _add_in(plant, phone)


def _add_in(plant: MonkeyPatch, screen: Any) -> None:
    """A screen whose figures are ballots and hands together."""
    real = screen.ShownTheme

    def adding(*values: Any, **named: Any) -> Any:
        theme = real(*values, **named)
        given = theme.points + theme.by_hand if theme.points and theme.by_hand else theme.points
        object.__setattr__(theme, "points", given)
        return theme

    plant.setattr(screen, "ShownTheme", adding)


def hands_added_in_the_report(plant: MonkeyPatch) -> None:
    real = report.ReportTheme

    def adding(*values: Any, **named: Any) -> Any:
        theme = real(*values, **named)
        object.__setattr__(theme, "points", (theme.points or 0) + (theme.by_hand or 0) or None)
        return theme

    plant.setattr(report, "ReportTheme", adding)


def hands_that_order_the_themes(plant: MonkeyPatch) -> None:
    def both(points: Mapping[int, int | None], by_hand: Mapping[int, int]) -> dict[int, int]:
        return {theme: (given or 0) + by_hand.get(theme, 0) for theme, given in points.items()}

    plant.setattr(result_order, "weights", both)


def a_count_that_phones_do_not_hear_of(plant: MonkeyPatch) -> None:
    row = refresh.TABLE[refresh.happened.HandCountsChanged]
    plant.setitem(refresh.TABLE, refresh.happened.HandCountsChanged, {**row, "phone": refresh.Fragments(("header",))})
