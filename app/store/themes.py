"""Themes and the board of a question, and the moderators' undo history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import Board, Move, MoveKind, Place, ThemeState, Touched
from app.store import statements
from app.store.tables import BoardMove, Question, Theme


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
    """The whole board of a question as the rules see it."""
    themes = {
        int(theme.id or 0): ThemeState(theme.name, theme.letter, theme.rank, theme.carried_from)
        for theme in await of_question(db, question_id)
    }
    places = {
        statement.id: Place(statement.theme_id, statement.rank, statement.hidden)
        for statement in await statements.released_or_hidden(db, question_id)
    }
    return Board(themes, places)


async def moves_since(db: AsyncSession, question_id: int, seq: int) -> Sequence[BoardMove]:
    """Moves, and undone ones, later than a page that was drawn at `seq`."""
    return (await db.exec(select(BoardMove).where(BoardMove.question_id == question_id, BoardMove.seq > seq))).all()


async def last_done(db: AsyncSession, question_id: int) -> BoardMove | None:
    """The move that undo takes back, whoever made it."""
    found = select(BoardMove).where(BoardMove.question_id == question_id, col(BoardMove.undone).is_(False))
    return (await db.exec(found.order_by(col(BoardMove.id).desc()))).first()


async def first_undone(db: AsyncSession, question_id: int) -> BoardMove | None:
    """The move that redo does again."""
    found = select(BoardMove).where(BoardMove.question_id == question_id, col(BoardMove.undone).is_(True))
    return (await db.exec(found.order_by(col(BoardMove.id)))).first()


async def newest(db: AsyncSession, question_id: int) -> BoardMove | None:
    """What was done, undone or redone last."""
    found = select(BoardMove).where(BoardMove.question_id == question_id)
    return (await db.exec(found.order_by(col(BoardMove.seq).desc()))).first()


async def done_ids(db: AsyncSession, question_id: int) -> Sequence[int]:
    """The ids of the steps that can be undone, oldest first."""
    found = select(BoardMove.id).where(BoardMove.question_id == question_id, col(BoardMove.undone).is_(False))
    return [int(number or 0) for number in (await db.exec(found.order_by(col(BoardMove.id)))).all()]


async def has_moves(db: AsyncSession, question_id: int) -> bool:
    """Whether a moderator has ordered anything in a question yet."""
    return (
        await db.exec(select(BoardMove.id).where(BoardMove.question_id == question_id).limit(1))
    ).first() is not None


def write_move(move: Move) -> str:
    """A move as JSON for the history."""
    return json.dumps(asdict(move))


def read_move(text: str) -> Move:
    """A move from the history; the inverse of `write_move`."""
    raw: dict[str, Any] = json.loads(text)
    return Move(MoveKind(raw["kind"]), _read_touched(raw["before"]), _read_touched(raw["after"]))


def _read_touched(raw: dict[str, Any]) -> Touched:
    return Touched(
        {int(theme): ThemeState(**state) if state else None for theme, state in raw["themes"].items()},
        {key: Place(**place) for key, place in raw["places"].items()},
    )
