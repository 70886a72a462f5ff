"""Joining: a new seat."""

from __future__ import annotations

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.door import check_may_enter
from app.domain.events import ParticipantJoined
from app.domain.refusals import Refusal
from app.store import people
from app.store.tables import ModerationSession


async def join(
    db: AsyncSession, session: ModerationSession, participant: str, batches: OpenBatches | None = None
) -> Outcome:
    """Take a seat; `participant` is the hash of its token. Raises Refusal when the session or its door is not open."""
    outcome = (await join_all(db, session, [{"participant": participant}], batches))[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def join_all(
    db: AsyncSession, session: ModerationSession, waiting: list[dict[str, Any]], batches: OpenBatches | None
) -> list[Outcome | Exception]:
    """Seats for all who wait, in one insert."""
    try:
        check_may_enter(session.status, session.door_open)
    except Refusal as refusal:
        return [refusal for _ in waiting]
    rows = [(str(arguments["participant"]), int(session.id or 0)) for arguments in waiting]
    await people.take_seats(db, rows)
    return [Outcome([ParticipantJoined()]) for _ in waiting]
