"""Sessions: found by id, code, join key or big-screen key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Status
from app.store import people
from app.store.tables import CoModerator, ModerationSession, Question, RestingCode

NOT_DELETED = col(ModerationSession.deleted_at).is_(None)


class SessionGone(LookupError):
    """There is no session with this key, or not any more."""


async def by_id(db: AsyncSession, session_id: int) -> ModerationSession | None:
    return await db.get(ModerationSession, session_id)


async def existing(db: AsyncSession, session_id: int) -> ModerationSession:
    """The session with this key. Raises SessionGone."""
    session = await by_id(db, session_id)
    if session is None:
        raise SessionGone(f"there is no session {session_id}")
    return session


async def by_code(db: AsyncSession, code: str) -> ModerationSession | None:
    """The session that holds this code now, open or ended less than a day ago."""
    found = select(ModerationSession).where(ModerationSession.code == code, NOT_DELETED)
    return (await db.exec(found)).first()


async def by_join_key(db: AsyncSession, join_key: str) -> ModerationSession | None:
    found = select(ModerationSession).where(ModerationSession.join_key == join_key, NOT_DELETED)
    return (await db.exec(found)).first()


async def by_big_screen_key(db: AsyncSession, key: str) -> ModerationSession | None:
    found = select(ModerationSession).where(ModerationSession.big_screen_key == key, NOT_DELETED)
    return (await db.exec(found)).first()


def led_by(moderator_id: int) -> Any:
    """The ids of all sessions a moderator owns or shares, as part of another query; without those that were deleted."""
    shared = select(CoModerator.session_id).where(CoModerator.moderator_id == moderator_id)
    return select(ModerationSession.id).where(
        or_(col(ModerationSession.moderator_id) == moderator_id, col(ModerationSession.id).in_(shared)), NOT_DELETED
    )


async def by_attendance_key(db: AsyncSession, key: str) -> ModerationSession | None:
    found = select(ModerationSession).where(ModerationSession.attendance_key == key, NOT_DELETED)
    return (await db.exec(found)).first()


async def of_moderator(db: AsyncSession, moderator_id: int) -> Sequence[ModerationSession]:
    """All sessions a moderator owns or shares, newest date first; without those that were deleted."""
    found = select(ModerationSession).where(col(ModerationSession.id).in_(led_by(moderator_id)))
    return (
        await db.exec(found.order_by(col(ModerationSession.held_on).desc(), col(ModerationSession.id).desc()))
    ).all()


async def deleted_by(db: AsyncSession, moderator_id: int) -> Sequence[ModerationSession]:
    """The sessions an owner deleted and can still put back, last deleted first."""
    found = select(ModerationSession).where(
        ModerationSession.moderator_id == moderator_id, col(ModerationSession.deleted_at).is_not(None)
    )
    return (await db.exec(found.order_by(col(ModerationSession.deleted_at).desc()))).all()


async def all_of_them(db: AsyncSession) -> Sequence[ModerationSession]:
    """Every session of everybody, deleted ones too: for the server's own rounds only."""
    return (await db.exec(select(ModerationSession))).all()


async def may_lead(db: AsyncSession, session: ModerationSession, moderator_id: int) -> bool:
    """Whether this moderator owns the session or shares it; nobody leads a deleted one."""
    if session.deleted_at is not None:
        return False
    if session.moderator_id == moderator_id:
        return True
    return await people.co_moderator(db, int(session.id or 0), moderator_id) is not None


async def led_now(db: AsyncSession, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these sessions and moderators (their ids) that belong together still, as `may_lead` says of one."""
    asked = set(pairs)
    found = (
        select(ModerationSession.id, ModerationSession.moderator_id, CoModerator.moderator_id)
        .outerjoin(CoModerator, col(CoModerator.session_id) == ModerationSession.id)
        .where(col(ModerationSession.id).in_({session_id for session_id, _ in asked}), NOT_DELETED)
    )
    rows = (await db.exec(found)).all()
    return asked & {(session_id, moderator) for session_id, *leading in rows for moderator in leading}


async def ended_before(db: AsyncSession, moment: int) -> Sequence[ModerationSession]:
    """Ended sessions that still hold a code although they ended before `moment` (seconds since 1970)."""
    found = select(ModerationSession).where(
        ModerationSession.status == Status.ENDED,
        col(ModerationSession.ended_at) < moment,
        col(ModerationSession.code).is_not(None),
    )
    return (await db.exec(found)).all()


async def code_is_free(db: AsyncSession, code: str) -> bool:
    """Whether no session has this code, nor had it lately; a deleted one may come back with its own."""
    if await db.get(RestingCode, code) is not None:
        return False
    return (await db.exec(select(ModerationSession.id).where(ModerationSession.code == code))).first() is None


async def free_rested_codes(db: AsyncSession, now: int) -> None:
    """Codes that rested until before `now` (seconds since 1970) may be given out again."""
    await db.exec(delete(RestingCode).where(col(RestingCode.until) < now))


async def any_owned_by(db: AsyncSession, moderator_id: int) -> bool:
    """Whether a moderator has a session, deleted ones that can still be put back included."""
    found = select(ModerationSession.id).where(ModerationSession.moderator_id == moderator_id)
    return (await db.exec(found.limit(1))).first() is not None


async def give(db: AsyncSession, moderator_id: int, heir_id: int) -> None:
    """All sessions of one moderator become another's, who then no longer has them shared."""
    own = select(ModerationSession.id).where(ModerationSession.moderator_id == moderator_id)
    shared = delete(CoModerator).where(col(CoModerator.moderator_id) == heir_id)
    await db.exec(shared.where(col(CoModerator.session_id).in_(own)))
    given = update(ModerationSession).where(col(ModerationSession.moderator_id) == moderator_id)
    await db.exec(given.values(moderator_id=heir_id))


async def delete_for_good(db: AsyncSession, ids: Collection[int]) -> None:
    """Delete these sessions and all that belongs to them; nothing brings them back."""
    await db.exec(delete(ModerationSession).where(col(ModerationSession.id).in_(ids)))


async def current_question(db: AsyncSession, session: ModerationSession) -> Question | None:
    """The question the group is at; None before the first."""
    return await db.get(Question, session.current_question_id) if session.current_question_id else None
