"""The attendance list: names and roles, typed by the moderator or by the people themselves, tied to no seat."""

from __future__ import annotations

import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.agenda import LONGEST_NAME
from app.domain.attendance import MOST_ATTENDEES, Standing
from app.domain.events import AttendanceSet, AttendeesChanged
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line, has_content
from app.store import people
from app.store.attendance import standing_of
from app.store.tables import Attendee, ModerationSession


async def add(db: AsyncSession, session: ModerationSession, name: str, role: str, batches: OpenBatches) -> Outcome:
    """Put a name on the list; the role may be empty."""
    attendee = _attendee(session, name, role)
    db.add(attendee)
    return Outcome([AttendeesChanged()], attendee.id)


async def add_oneself(
    db: AsyncSession, session: ModerationSession, name: str, role: str, batches: OpenBatches
) -> Outcome:
    """Somebody puts themselves on the list; the same name and role again is the same person pressing twice.

    Raises Refusal while the list is closed, and when it is full.
    """
    if await standing_of(db, session, time.time()) != Standing.OPEN:
        raise Refusal(Reason.ATTENDANCE_CLOSED)
    attendee = _attendee(session, name, role)
    if await people.is_listed(db, attendee.session_id, attendee.name, attendee.role):
        return Outcome()
    if await people.attendee_count(db, attendee.session_id) >= MOST_ATTENDEES:
        raise Refusal(Reason.ATTENDANCE_FULL, limit=MOST_ATTENDEES)
    db.add(attendee)
    return Outcome([AttendeesChanged()])


def _attendee(session: ModerationSession, name: str, role: str) -> Attendee:
    checked_role = check_line(role, LONGEST_NAME) if has_content(role) else ""
    return Attendee(session_id=int(session.id or 0), name=check_line(name, LONGEST_NAME), role=checked_role)


async def set_open(db: AsyncSession, session: ModerationSession, wanted: bool, batches: OpenBatches) -> Outcome:
    """Whether people may put themselves on the list, in the times that are for it."""
    session.attendance_open = wanted
    # Who joined and who wrote a name down may stand side by side in the log of writes.
    return Outcome([AttendanceSet()], wipes_order=True)


async def set_report(
    db: AsyncSession, session: ModerationSession, names: bool, roles: bool | None, batches: OpenBatches
) -> Outcome:
    """What the report tells: names or not; roles, or not, or None: only of a group large enough."""
    session.names_in_report, session.roles_in_report = names, roles
    return Outcome([AttendanceSet()])


async def remove(db: AsyncSession, session: ModerationSession, attendee_id: str, batches: OpenBatches) -> Outcome:
    """Take a name off the list."""
    attendee = await people.attendee(db, int(session.id or 0), attendee_id)
    if attendee is None:
        raise Refusal(Reason.ATTENDEE_UNKNOWN)
    await db.delete(attendee)
    return Outcome([AttendeesChanged()])
