"""How a simulated participant divides points: by chance, leaning to the themes that were heavy in the file."""

from collections.abc import Mapping
from random import Random
from statistics import mean

from app.replay.scene import Theme

SPENDS_ALL = 0.9


def choose_points(
    themes: tuple[Theme, ...], budget: int, limit: int | None, printed: Mapping[str, int], chance: Random
) -> list[str]:
    """The theme of each tap, in the order of tapping: never more than the budget, nor on one theme than the limit.

    `printed` are the file's points by the names of its themes. One in ten keeps some points.
    """
    most = budget if chance.random() < SPENDS_ALL else chance.randint(0, budget)
    base = max(1.0, mean(printed.values())) if printed else 1.0
    taps: list[str] = []
    for _ in range(most):
        open_themes = [theme for theme in themes if limit is None or taps.count(theme.id) < limit]
        if not open_themes:
            break
        weights = [base + printed.get(theme.name, 0) for theme in open_themes]
        taps.append(chance.choices(open_themes, weights)[0].id)
    return taps


def allocation(taps: list[str]) -> dict[str, int]:
    """Points per theme after these taps."""
    return {theme: taps.count(theme) for theme in dict.fromkeys(taps)}
