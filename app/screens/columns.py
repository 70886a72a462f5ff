"""Deals themes out over the columns of the big screen, by an estimate of their height: nobody scrolls a big screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.screens.big_screen_view import ShownTheme

# All in pixels of a screen of 1920 by 1080, to which the sizes of the style sheet are bound.
ROOM = 770
WIDTH = 1744
MOST_LINES = 5


@dataclass(frozen=True)
class Sizes:
    """How large things are drawn: `sign` is the average width of a character, `edge` what surrounds a statement."""

    sign: float
    line: int
    edge: int
    heading: int
    gap: int


USUAL = Sizes(14.0, 36, 25, 66, 40)
CLOSE = Sizes(13.2, 32, 11, 46, 20)
Columns = tuple[tuple[ShownTheme, ...], ...]


def arrange(themes: Sequence[ShownTheme]) -> Columns:
    """Columns of themes. From left to right as long as that fits, so that a theme keeps its place when another grows;
    else each under the shortest column, and with more columns."""
    if len(themes) <= 3:
        return tuple((theme,) for theme in themes)
    tried = [
        (dealt, sizes, width)
        for sizes in (USUAL, CLOSE)
        for dealt, width in ((_across(themes, 4), 4), (_under_shortest(themes, 4, sizes), 4))
    ]
    tried += [(_under_shortest(themes, width, CLOSE), CLOSE, width) for width in (5, 6)]
    fitting = (dealt for dealt, sizes, width in tried if _highest(dealt, sizes, width) <= ROOM)
    return next(fitting, tried[-1][0] if len(themes) > 12 else tried[3][0])


def _across(themes: Sequence[ShownTheme], columns: int) -> Columns:
    return tuple(tuple(themes[column::columns]) for column in range(columns))


def _under_shortest(themes: Sequence[ShownTheme], columns: int, sizes: Sizes) -> Columns:
    dealt: list[list[ShownTheme]] = [[] for _ in range(columns)]
    heights = [0] * columns
    for theme in themes:
        shortest = heights.index(min(heights))
        dealt[shortest].append(theme)
        heights[shortest] += _height(theme, sizes, columns)
    return tuple(tuple(column) for column in dealt)


def _highest(dealt: Columns, sizes: Sizes, columns: int) -> int:
    return max(sum(_height(theme, sizes, columns) for theme in column) for column in dealt)


def _height(theme: ShownTheme, sizes: Sizes, columns: int) -> int:
    signs = max(8, int((WIDTH / columns - 60) / sizes.sign))
    lines = [min(MOST_LINES, -(-len(statement.text) // signs)) for statement in theme.statements]
    heading = sizes.heading + (sizes.line if len(theme.name) > signs - 5 else 0)
    return heading + sizes.gap + sum(line * sizes.line + sizes.edge for line in lines)
