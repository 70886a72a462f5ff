"""Sessions: found by id, code, join key or big-screen key."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Status
from app.store.tables import ModerationSession, Question, RestingCode


async def by_id(db: AsyncSession, session_id: int) -> ModerationSession | None:
    return await db.get(ModerationSession, session_id)


async def by_code(db: AsyncSession, code: str) -> ModerationSession | None:
    """The session that holds this code now, open or ended less than a day ago."""
    return (await db.exec(select(ModerationSession).where(ModerationSession.code == code))).first()


async def by_join_key(db: AsyncSession, join_key: str) -> ModerationSession | None:
    return (await db.exec(select(ModerationSession).where(ModerationSession.join_key == join_key))).first()


async def by_big_screen_key(db: AsyncSession, key: str) -> ModerationSession | None:
    return (await db.exec(select(ModerationSession).where(ModerationSession.big_screen_key == key))).first()


async def of_moderator(db: AsyncSession, moderator_id: int) -> Sequence[ModerationSession]:
    """All sessions of a moderator, newest date first."""
    found = select(ModerationSession).where(ModerationSession.moderator_id == moderator_id)
    return (
        await db.exec(found.order_by(col(ModerationSession.held_on).desc(), col(ModerationSession.id).desc()))
    ).all()


async def ended_before(db: AsyncSession, moment: int) -> Sequence[ModerationSession]:
    """Ended sessions that still hold a code although they ended before `moment` (seconds since 1970)."""
    found = select(ModerationSession).where(
        ModerationSession.status == Status.ENDED,
        col(ModerationSession.ended_at) < moment,
        col(ModerationSession.code).is_not(None),
    )
    return (await db.exec(found)).all()


async def code_rests(db: AsyncSession, code: str) -> RestingCode | None:
    return await db.get(RestingCode, code)


async def current_question(db: AsyncSession, session: ModerationSession) -> Question | None:
    """The question the group is at; None before the first."""
    return await db.get(Question, session.current_question_id) if session.current_question_id else None
