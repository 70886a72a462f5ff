"""The board on the big screen: of each theme what a screen can hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Phase
from app.screens.big_screen_view import ShownBoard, ShownStatement, ShownTheme
from app.store import statements, themes
from app.store.tables import Question

Row = tuple[int, str, str]


async def load(
    db: AsyncSession, question: Question, touched: Collection[int] | None = None, moved: Collection[str] = ()
) -> ShownBoard:
    """The board of a question; of the `touched` themes alone when they are given. What is hidden is not asked for."""
    every = await themes.of_question(db, int(question.id or 0))
    wanted = [theme for theme in every if touched is None or theme.id in touched]
    keeps_first = question.phase == Phase.RESULT
    under: dict[int, list[Row]] = {int(theme.id or 0): [] for theme in wanted}
    for row in await statements.shown_under(db, under):
        under[row[0]].append(row)
    board = ShownBoard(tuple(int(theme.id or 0) for theme in every))
    shown = []
    for theme in wanted:
        rows = under[int(theme.id or 0)]
        some = _some(rows, board.most_in_theme, moved, keeps_first)
        shown.append(ShownTheme(theme.name, theme.letter, some, id=int(theme.id or 0), count=len(rows)))
    seen = tuple(one.id for theme in shown for one in theme.statements if one.id in moved)
    return dataclasses.replace(board, themes=tuple(shown), moved=seen)


def _some(rows: Sequence[Row], most: int, moved: Collection[str], keeps_first: bool) -> tuple[ShownStatement, ...]:
    """What was just moved, and else the last of the list, where new ones come; of a result the first."""
    by_weight = rows if keeps_first else rows[::-1]
    kept = {key for _, key, _ in sorted(by_weight, key=lambda row: row[1] not in moved)[:most]}
    return tuple(ShownStatement(key, text) for _, key, text in rows if key in kept)
