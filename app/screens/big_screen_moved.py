"""What moved on the board, for big screens that show the rest of it already: the themes in which something changed."""

from __future__ import annotations

import dataclasses

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.presence import Presence
from app.screens import big_screen, big_screen_board
from app.screens.moved import Moved, Piece
from app.store.tables import ModerationSession, Question


async def load_moved(
    db: AsyncSession, session: ModerationSession, question: Question, presence: Presence, moved: Moved, seq: int
) -> list[Piece]:
    """The counts, and the touched themes in the order of all, with the statements that moved marked."""
    view = dataclasses.replace(await big_screen.load_counts(db, int(session.id or 0), presence), seq=seq)
    view = await big_screen.with_names(db, view, question)
    counts: list[Piece] = [(f"big_screen/{name}.html", {"view": view}) for name in ("counts", "footer")]
    touched = {theme for theme in (*moved.themes, *moved.lists) if theme is not None}
    if not touched:
        return counts
    board = await big_screen_board.load(db, question, touched, frozenset(moved.statements))
    return [*counts, ("big_screen/board.html", {"board": board, "keeps_first": False})]
