"""The moderators' histories of a board: every step with who made it, whether it is undone, and what it touched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import STEPS_TO_UNDO, Move, MoveKind, Place, ThemeState, Touched
from app.store.tables import BoardMove, Question


async def moves_since(db: AsyncSession, question_id: int, seq: int) -> Sequence[BoardMove]:
    """Moves, and undone ones, later than a page that was drawn at `seq`."""
    return (await db.exec(select(BoardMove).where(BoardMove.question_id == question_id, BoardMove.seq > seq))).all()


async def standing_since(db: AsyncSession, question_id: int, seq: int, moderator_id: int) -> Sequence[BoardMove]:
    """Moves done after `seq` that stand, and that this moderator doesn't take back first: those of the others, and
    the own ones that were passed over."""
    found = select(BoardMove).where(
        BoardMove.question_id == question_id,
        BoardMove.seq > seq,
        col(BoardMove.undone).is_(False),
        (col(BoardMove.moderator_id) != moderator_id) | col(BoardMove.passed_over),
    )
    return (await db.exec(found)).all()


async def of_others(db: AsyncSession, question_id: int, moderator_id: int) -> Sequence[BoardMove]:
    """What the other moderators can still undo or do again."""
    found = select(BoardMove).where(
        BoardMove.question_id == question_id,
        BoardMove.moderator_id != moderator_id,
        col(BoardMove.passed_over).is_(False),
    )
    return (await db.exec(found)).all()


async def last_done(db: AsyncSession, question_id: int) -> dict[int, BoardMove]:
    """The move that undo takes back, by moderator."""
    return await _at_end(db, question_id, func.max(BoardMove.id), undone=False)


async def first_undone(db: AsyncSession, question_id: int) -> dict[int, BoardMove]:
    """The move that redo does again, by moderator."""
    return await _at_end(db, question_id, func.min(BoardMove.id), undone=True)


async def _at_end(db: AsyncSession, question_id: int, end: Any, undone: bool) -> dict[int, BoardMove]:
    ends = select(end).where(
        BoardMove.question_id == question_id,
        col(BoardMove.undone).is_(undone),
        col(BoardMove.passed_over).is_(False),
    )
    found = select(BoardMove).where(col(BoardMove.id).in_(ends.group_by(col(BoardMove.moderator_id))))
    return {row.moderator_id: row for row in (await db.exec(found)).all()}


async def has_moves(db: AsyncSession, question_id: int) -> bool:
    """Whether a moderator has ordered anything in a question yet."""
    return (
        await db.exec(select(BoardMove.id).where(BoardMove.question_id == question_id).limit(1))
    ).first() is not None


async def end_redo(db: AsyncSession, question_id: int, moderator_id: int) -> None:
    """What this moderator undid can't be done again any more; pages drawn before still learn that it was undone."""
    own = update(BoardMove).where(col(BoardMove.question_id) == question_id, col(BoardMove.undone).is_(True))
    await db.exec(own.where(col(BoardMove.moderator_id) == moderator_id).values(passed_over=True))


async def forget_oldest(db: AsyncSession, question_id: int, moderator_id: int) -> None:
    """Keep this moderator's last hundred steps, and as many that were passed over."""
    for passed_over in (False, True):
        own = (
            col(BoardMove.question_id) == question_id,
            col(BoardMove.moderator_id) == moderator_id,
            col(BoardMove.passed_over).is_(passed_over),
        )
        newest_first = select(BoardMove.id).where(*own).order_by(col(BoardMove.id).desc())
        oldest = (await db.exec(newest_first.offset(STEPS_TO_UNDO).limit(1))).first()
        if oldest is not None:
            await db.exec(delete(BoardMove).where(*own, col(BoardMove.id) <= oldest))


async def names_in(db: AsyncSession, session_id: int) -> dict[int, set[str]]:
    """What themes are or were called in the histories of a session's boards, by question."""
    own = select(Question.id).where(Question.session_id == session_id)
    found: dict[int, set[str]] = {}
    for row in (await db.exec(select(BoardMove).where(col(BoardMove.question_id).in_(own)))).all():
        move = read_move(row.move)
        states = (*move.before.themes.values(), *move.after.themes.values())
        named = {state.name for state in states if state is not None}
        found.setdefault(row.question_id, set()).update(named, move.names.values())
    return found


async def forget(db: AsyncSession, question_id: int) -> None:
    """Nothing that was done on a board can be undone any more."""
    await db.exec(delete(BoardMove).where(col(BoardMove.question_id) == question_id))


async def wipe(db: AsyncSession, session_id: int) -> None:
    """The session is over: of the steps on its boards none is kept, nor by whom."""
    own = select(Question.id).where(Question.session_id == session_id)
    await db.exec(delete(BoardMove).where(col(BoardMove.question_id).in_(own)))


def write_move(move: Move) -> str:
    """A move as JSON for the history."""
    return json.dumps(asdict(move))


def read_move(text: str) -> Move:
    """A move from the history; the inverse of `write_move`."""
    raw: dict[str, Any] = json.loads(text)
    # Steps of before these were kept have neither.
    names, actions = raw.get("names", {}), raw.get("actions", {})
    return Move(
        MoveKind(raw["kind"]),
        _read_touched(raw["before"]),
        _read_touched(raw["after"]),
        {int(theme): name for theme, name in names.items()},
        {int(action): theme for action, theme in actions.items()},
    )


def _read_touched(raw: dict[str, Any]) -> Touched:
    return Touched(
        {int(theme): ThemeState(**state) if state else None for theme, state in raw["themes"].items()},
        {key: Place(**place) for key, place in raw["places"].items()},
    )
