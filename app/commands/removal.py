"""Taking an account away, without losing what it made."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain.refusals import Reason, Refusal
from app.store import people
from app.store.tables import CoModerator, ModerationSession, Moderator, Template


async def remove_account(db: AsyncSession, email: str, give_to: str = "") -> Outcome:
    """Remove an account; its sessions and shared templates go to another one, whose address is `give_to`.

    Refused while it has any and they are given to nobody, and for the last owner of the server.
    """
    leaving = await people.moderator_by_email(db, email)
    heir = await people.moderator_by_email(db, give_to) if give_to else None
    if leaving is None or (give_to and heir is None):
        raise Refusal(Reason.ACCOUNT_UNKNOWN, email=email if leaving is None else give_to)
    if heir is not None and heir.id == leaving.id:
        raise Refusal(Reason.ACCOUNT_HAS_SESSIONS)
    if leaving.is_owner and await people.owners(db) < 2:
        raise Refusal(Reason.ACCOUNT_IS_LAST_OWNER)
    if heir is not None:
        await _give(db, int(leaving.id or 0), int(heir.id or 0))
    elif await _leaves_something(db, leaving):
        raise Refusal(Reason.ACCOUNT_HAS_SESSIONS)
    await db.flush()
    # By a statement, so that the database takes along sign-ins, links and sharing.
    await db.exec(delete(Moderator).where(col(Moderator.id) == leaving.id))
    return Outcome()


async def _leaves_something(db: AsyncSession, leaving: Moderator) -> bool:
    """Deleted sessions count too: for seven days they can be had back."""
    sessions = select(ModerationSession.id).where(ModerationSession.moderator_id == leaving.id)
    templates = select(Template.id).where(Template.moderator_id == leaving.id, col(Template.shared))
    return any([(await db.exec(found.limit(1))).first() is not None for found in (sessions, templates)])


async def _give(db: AsyncSession, leaving: int, heir: int) -> None:
    own = select(ModerationSession.id).where(ModerationSession.moderator_id == leaving)
    shared = delete(CoModerator).where(col(CoModerator.moderator_id) == heir)
    # Who becomes the owner of a session is no longer one with whom it is shared.
    await db.exec(shared.where(col(CoModerator.session_id).in_(own)))
    for table in (ModerationSession, Template):
        await db.exec(update(table).where(col(table.moderator_id) == leaving).values(moderator_id=heir))
