"""What is proposed for statements: stored beside them, with no word of who or when."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.proposals import Proposed, Standing
from app.store.tables import Question, Statement

NOTHING = {"proposed_theme_id": None, "proposed_name": None, "proposal": Standing.NONE, "proposal_revision": 0}


def write(statement: Statement, proposed: Proposed, standing: Standing) -> None:
    """Write a proposal on its statement."""
    statement.proposed_theme_id, statement.proposed_name = proposed.theme, proposed.name
    statement.proposal = standing


def forget(statement: Statement) -> None:
    """Nothing is left of what was proposed for a statement, nor of how often."""
    write(statement, Proposed(), Standing.NONE)
    statement.proposal_revision = 0


async def shown(db: AsyncSession, question_id: int) -> dict[str, Proposed]:
    """The proposals a moderator may see, by the id of their statement."""
    found = select(Statement.id, Statement.proposed_theme_id, Statement.proposed_name).where(
        Statement.question_id == question_id,
        Statement.proposal == Standing.SHOWN,
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
    )
    return {key: Proposed(theme, name) for key, theme, name in (await db.exec(found)).all()}


async def count_ignored(db: AsyncSession, question_id: int) -> int:
    """How many were ignored."""
    found = select(func.count()).where(Statement.question_id == question_id, Statement.proposal == Standing.IGNORED)
    return (await db.exec(found)).one()


async def show_waiting(db: AsyncSession, question_id: int, only: Iterable[str] | None = None) -> int:
    """Show all that wait, or of them only these statements'; how many it were."""
    waiting = update(Statement).where(
        col(Statement.question_id) == question_id, col(Statement.proposal) == Standing.WAITING
    )
    if only is not None:
        waiting = waiting.where(col(Statement.id).in_(list(only)))
    return int((await db.exec(waiting.values(proposal=Standing.SHOWN))).rowcount)


async def forget_waiting(db: AsyncSession, question_id: int) -> None:
    """Nothing is left of those that wait, as if nothing had been proposed for their statements."""
    waiting = update(Statement).where(
        col(Statement.question_id) == question_id, col(Statement.proposal) == Standing.WAITING
    )
    await db.exec(waiting.values(**NOTHING))


async def set_standing(db: AsyncSession, question_id: int, ids: Iterable[str], now: Standing, was: Standing) -> int:
    """Let proposals that stand one way stand another; how many it were."""
    some = update(Statement).where(
        col(Statement.question_id) == question_id, col(Statement.id).in_(list(ids)), col(Statement.proposal) == was
    )
    return int((await db.exec(some.values(proposal=now))).rowcount)


async def restore_ignored(db: AsyncSession, question_id: int) -> int:
    """Show all that were ignored again; how many it were."""
    ignored = update(Statement).where(
        col(Statement.question_id) == question_id, col(Statement.proposal) == Standing.IGNORED
    )
    return int((await db.exec(ignored.values(proposal=Standing.SHOWN))).rowcount)


async def wipe(db: AsyncSession, session_id: int) -> None:
    """The session is over: what came of proposals is on the board, and the rest goes for good."""
    questions = select(Question.id).where(Question.session_id == session_id)
    own = update(Statement).where(col(Statement.question_id).in_(questions))
    await db.exec(own.values(**NOTHING))
