"""The attendance list: names and roles, typed by the moderator, tied to no seat."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.agenda import LONGEST_NAME
from app.domain.events import AttendeesChanged
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line, has_content
from app.store.tables import Attendee, ModerationSession


async def add(db: AsyncSession, session: ModerationSession, name: str, role: str, batches: OpenBatches) -> Outcome:
    """Put a name on the list; the role may be empty."""
    checked_role = check_line(role, LONGEST_NAME) if has_content(role) else ""
    attendee = Attendee(session_id=int(session.id or 0), name=check_line(name, LONGEST_NAME), role=checked_role)
    db.add(attendee)
    return Outcome([AttendeesChanged()], attendee.id)


async def remove(db: AsyncSession, session: ModerationSession, attendee_id: str, batches: OpenBatches) -> Outcome:
    """Take a name off the list."""
    attendee = await db.get(Attendee, attendee_id)
    if attendee is None or attendee.session_id != session.id:
        raise Refusal(Reason.ATTENDEE_UNKNOWN)
    await db.delete(attendee)
    return Outcome([AttendeesChanged()])
