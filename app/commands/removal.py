"""Taking an account away, without losing what it made."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain.refusals import Reason, Refusal
from app.store import people, sessions, templates
from app.store.tables import Moderator


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
        await sessions.give(db, int(leaving.id or 0), int(heir.id or 0))
        await templates.give(db, int(leaving.id or 0), int(heir.id or 0))
    elif await _leaves_something(db, leaving):
        raise Refusal(Reason.ACCOUNT_HAS_SESSIONS)
    await db.flush()
    await people.remove_moderator(db, int(leaving.id or 0))
    return Outcome()


async def _leaves_something(db: AsyncSession, leaving: Moderator) -> bool:
    """Deleted sessions count too: for seven days they can be had back."""
    moderator_id = int(leaving.id or 0)
    return await sessions.any_owned_by(db, moderator_id) or await templates.any_shared_by(db, moderator_id)
