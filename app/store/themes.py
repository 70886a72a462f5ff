"""Themes and the board of a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import Board, ThemeState
from app.store import statements
from app.store.tables import Question, Theme


async def of_question(db: AsyncSession, question_id: int) -> Sequence[Theme]:
    """Themes in board order."""
    found = select(Theme).where(Theme.question_id == question_id).order_by(col(Theme.rank), col(Theme.id))
    return (await db.exec(found)).all()


async def of_session(db: AsyncSession, session_id: int) -> Sequence[Theme]:
    """The themes of all questions of a session, by question and board order."""
    found = (
        select(Theme)
        .join(Question, col(Question.id) == Theme.question_id)
        .where(Question.session_id == session_id)
        .order_by(col(Question.position), col(Theme.rank), col(Theme.id))
    )
    return (await db.exec(found)).all()


async def board(db: AsyncSession, question_id: int) -> Board:
    """The whole board of a question as the rules see it; columns, since a full board has hundreds of statements."""
    themes = {
        int(theme.id or 0): ThemeState(theme.name, theme.letter, theme.rank, theme.carried_from)
        for theme in await of_question(db, question_id)
    }
    return Board(themes, await statements.places(db, question_id))


async def remove(db: AsyncSession, themes: Collection[int]) -> None:
    """Take themes off their board; statements and action items that still name one of them name none after it."""
    await db.exec(delete(Theme).where(col(Theme.id).in_(themes)))
