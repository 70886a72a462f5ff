"""Deleting a session, putting it back within a week, and what the server deletes for good by itself."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain import retention
from app.domain.anonymity import SECONDS_CODES_REST
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.store import owner_settings, sessions
from app.store.tables import ModerationSession, RestingCode


async def delete(db: AsyncSession, session: ModerationSession, moderator_id: int, batches: OpenBatches) -> Outcome:
    """Take a session off every screen; it can be put back for a week. Raises Refusal for all but its owner."""
    check_owner(session, moderator_id)
    if session.status == Status.OPEN:
        raise Refusal(Reason.SESSION_IS_GOING_ON)
    if session.deleted_at is None:
        session.deleted_at = int(time.time())
    return Outcome()


async def put_back(db: AsyncSession, session: ModerationSession, moderator_id: int, batches: OpenBatches) -> Outcome:
    """Undo a deletion: the session is as it was."""
    check_owner(session, moderator_id)
    session.deleted_at = None
    return Outcome()


def check_owner(session: ModerationSession, moderator_id: int) -> None:
    """Raises Refusal for a moderator with whom the session is only shared."""
    if session.moderator_id != moderator_id:
        raise Refusal(Reason.ONLY_THE_OWNER)


async def purge(db: AsyncSession, now: int, occupied: Collection[int] = ()) -> Outcome:
    """Delete for good what was deleted a week ago or has been kept long enough; the answer is the ids.

    Sessions in which somebody is (`occupied`) wait for another time. All that belongs to a session goes with it, and
    the file is written anew, so that nothing of it stays on the disk.
    """
    days, today = await owner_settings.retention_days(db), date.fromtimestamp(now)
    gone = [
        session
        for session in await sessions.all_of_them(db)
        if session.id not in occupied and _is_over(session, now, today, days)
    ]
    for session in gone:
        if session.code:
            await db.merge(RestingCode(code=session.code, until=now + SECONDS_CODES_REST))
    numbers = [int(session.id or 0) for session in gone]
    await sessions.delete_for_good(db, numbers)
    return Outcome(answer=numbers, wipes_order=bool(numbers))


def _is_over(session: ModerationSession, now: int, today: date, days: int) -> bool:
    if session.deleted_at is not None and now >= retention.comes_back_until(session.deleted_at):
        return True
    return retention.is_past(retention.kept_until(session.held_on, session.kept_from, days), today)
