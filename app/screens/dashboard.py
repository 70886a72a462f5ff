"""The dashboard: a moderator's sessions, live, planned and ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.anonymity import is_few
from app.domain.phases import Status
from app.store import actions, people, questions, sessions
from app.store.tables import ModerationSession, Moderator


@dataclass(frozen=True)
class SessionRow:
    """A session in a list; `participants` is None when fewer than three took a seat."""

    id: int
    title: str
    group: str
    day: date
    questions: int
    actions: int
    participants: int | None


@dataclass(frozen=True)
class LiveSession:
    """A session with people in it; `number` and `phase` are None before its first question."""

    id: int
    title: str
    group: str
    code: str
    connected: int
    questions: int
    number: int | None
    phase: str | None


@dataclass(frozen=True)
class DashboardView:
    """What a moderator sees first."""

    moderator: str
    today: date
    live: tuple[LiveSession, ...]
    drafts: tuple[SessionRow, ...]
    ended: tuple[SessionRow, ...]


async def load(db: AsyncSession, moderator: Moderator, connected: Callable[[int], int]) -> DashboardView:
    """The sessions of this moderator; `connected` tells how many participants are in one now."""
    own = await sessions.of_moderator(db, int(moderator.id or 0))
    drafts = [await _row(db, session) for session in own if session.status == Status.DRAFT]
    return DashboardView(
        moderator.name,
        date.today(),
        tuple([await _live(db, session, connected) for session in own if session.status == Status.OPEN]),
        # The next one first, unlike what is past.
        tuple(sorted(drafts, key=lambda row: row.day)),
        tuple([await _row(db, session) for session in own if session.status == Status.ENDED]),
    )


async def _row(db: AsyncSession, session: ModerationSession) -> SessionRow:
    session_id = int(session.id or 0)
    seats = await people.seats(db, session_id)
    return SessionRow(
        id=session_id,
        title=session.title,
        group=session.group_name,
        day=session.held_on,
        questions=len(await questions.of_session(db, session_id)),
        actions=len(await actions.of_session(db, session_id)),
        participants=None if is_few(seats) else seats,
    )


async def _live(db: AsyncSession, session: ModerationSession, connected: Callable[[int], int]) -> LiveSession:
    session_id = int(session.id or 0)
    agenda = await questions.of_session(db, session_id)
    current = next((one for one in agenda if one.id == session.current_question_id), None)
    return LiveSession(
        id=session_id,
        title=session.title,
        group=session.group_name,
        code=session.code or "",
        connected=connected(session_id),
        questions=len(agenda),
        number=agenda.index(current) + 1 if current else None,
        phase=current.phase if current else None,
    )
