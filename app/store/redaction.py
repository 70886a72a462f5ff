"""The statements of a session that may be redacted before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Phase, Status
from app.domain.redaction import may_redact
from app.store.proposals import NOTHING
from app.store.tables import ModerationSession, Question, Statement


def _within_reach(session: ModerationSession) -> tuple[Any, ...]:
    """The statements that can be left out now, hidden ones too."""
    phases = [phase for phase in Phase if may_redact(Status(session.status), phase)]
    return (
        Statement.question_id == Question.id,
        Question.session_id == session.id,
        col(Question.phase).in_(phases),
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
    )


async def statements_of(db: AsyncSession, session: ModerationSession) -> Sequence[Statement]:
    """All statements that can be left out, and those that were, in the order of the agenda and the board."""
    found = select(Statement).where(*_within_reach(session))
    order = (col(Question.position), col(Statement.rank), col(Statement.id))
    return (await db.exec(found.order_by(*order))).all()


async def one_of(db: AsyncSession, session: ModerationSession, statement_id: str) -> Statement | None:
    """One of them, unless it was left out already."""
    found = select(Statement).where(
        Statement.id == statement_id, col(Statement.redacted).is_(False), *_within_reach(session)
    )
    return (await db.exec(found)).first()


async def marked_in(db: AsyncSession, session: ModerationSession) -> Sequence[Statement]:
    """Those that a moderator marked, and that are not left out yet."""
    found = select(Statement).where(
        col(Statement.redaction_marked).is_(True), col(Statement.redacted).is_(False), *_within_reach(session)
    )
    return (await db.exec(found)).all()


async def unmarked_texts(db: AsyncSession, session: ModerationSession) -> Sequence[str]:
    """What the others say."""
    found = select(Statement.text).where(
        col(Statement.redaction_marked).is_(False), col(Statement.redacted).is_(False), *_within_reach(session)
    )
    return (await db.exec(found)).all()


async def count_redacted(db: AsyncSession, session: ModerationSession) -> int:
    """How many were redacted."""
    found = select(func.count(col(Statement.id))).where(col(Statement.redacted).is_(True), *_within_reach(session))
    return (await db.exec(found)).one()


async def count_asked(db: AsyncSession, session: ModerationSession) -> int:
    """How many of which the writer asks for it."""
    found = select(func.count(col(Statement.id))).where(
        col(Statement.redaction_asked).is_(True), *_within_reach(session)
    )
    return (await db.exec(found)).one()


async def session_of_receipt(db: AsyncSession, receipt_hash: str, code: str) -> ModerationSession | None:
    """The session with this code, if the statement with this receipt was written in it: one query, so that its time
    tells nothing of a code."""
    found = (
        select(ModerationSession)
        .join(Question, col(Question.session_id) == ModerationSession.id)
        .join(Statement, col(Statement.question_id) == Question.id)
        .where(
            Statement.receipt_hash == receipt_hash,
            ModerationSession.code == code,
            col(ModerationSession.deleted_at).is_(None),
        )
    )
    return (await db.exec(found)).first()


async def overwrite(db: AsyncSession, ids: Iterable[str]) -> None:
    """Nothing is left of these statements' texts, nor of who wanted them left out."""
    gone = update(Statement).where(col(Statement.id).in_(list(ids)))
    nobody = {"redaction_asked": False, "redaction_marked": False, **NOTHING}
    await db.exec(gone.values(text="", redacted=True, **nobody))
