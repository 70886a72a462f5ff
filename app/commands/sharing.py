"""Sharing a session with other moderators, by the email address of their account."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.retention import check_owner
from app.domain.refusals import Reason, Refusal
from app.store import people
from app.store.tables import CoModerator, ModerationSession


async def share(
    db: AsyncSession, session: ModerationSession, moderator_id: int, email: str, batches: OpenBatches
) -> Outcome:
    """Let another moderator lead this session too; the answer is that moderator's id. Once is enough."""
    check_owner(session, moderator_id)
    other = await people.moderator_by_email(db, email)
    if other is None:
        raise Refusal(Reason.ACCOUNT_UNKNOWN)
    if other.id == session.moderator_id:
        raise Refusal(Reason.ACCOUNT_IS_THE_OWNERS)
    await db.merge(CoModerator(session_id=int(session.id or 0), moderator_id=int(other.id or 0)))
    return Outcome(answer=other.id)


async def stop_sharing(
    db: AsyncSession, session: ModerationSession, moderator_id: int, other_id: int, batches: OpenBatches
) -> Outcome:
    """The owner takes a moderator off the session, or one leaves it by oneself. Gone already is well too."""
    if moderator_id != other_id:
        check_owner(session, moderator_id)
    shared = await people.co_moderator(db, int(session.id or 0), other_id)
    if shared is not None:
        await db.delete(shared)
    return Outcome()
