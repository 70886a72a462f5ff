"""Where the attendance list of a session stands, read from its agenda."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.attendance import Standing, standing
from app.domain.phases import Phase, next_phase
from app.domain.turns import next_in_turn
from app.store import questions, sessions
from app.store.tables import ModerationSession


async def standing_of(db: AsyncSession, session: ModerationSession, now: float) -> Standing:
    """Whether people may put themselves on the list at `now` (seconds since 1970)."""
    question = await sessions.current_question(db, session)
    is_last = False
    if question is not None and session.attendance_open:
        last_phase = next_phase(Phase(question.phase), questions.phases_of(question)) is None
        is_last = last_phase and next_in_turn(await questions.of_session(db, int(session.id or 0))) is None
    return standing(
        session.attendance_open, session.status, question is not None, is_last, now - (session.ended_at or now)
    )
