"""What moved on the board, for big screens that show the rest of it already: the themes in which something changed."""

from __future__ import annotations

import dataclasses

from sqlmodel.ext.asyncio.session import AsyncSession

from app.screens import big_screen, big_screen_board
from app.screens.board_pieces import Occasion, Piece
from app.screens.moved import together


async def load_moved(db: AsyncSession, occasion: Occasion) -> list[Piece]:
    """The counts, and the touched themes in the order of all, with the statements that moved marked."""
    question, moved = occasion.question, together(occasion.events)
    view = await big_screen.load_counts(db, int(occasion.session.id or 0), occasion.presence)
    view = await big_screen.with_names(db, dataclasses.replace(view, seq=occasion.seq), question)
    counts: list[Piece] = [(f"big_screen/{name}.html", {"view": view}) for name in ("counts", "footer")]
    touched = {theme for theme in (*moved.themes, *moved.lists) if theme is not None}
    if not touched:
        return counts
    board = await big_screen_board.load(db, question, touched, frozenset(moved.statements))
    return [*counts, ("big_screen/board.html", {"board": board, "keeps_first": False})]
