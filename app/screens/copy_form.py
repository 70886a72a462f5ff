"""The small form that copies a session for another group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import count_questions
from app.store import agendas
from app.store.tables import ModerationSession, Moderator


@dataclass(frozen=True)
class CopyView:
    """What is copied, what stays behind, and what the form begins with."""

    moderator: str
    is_owner: bool
    session: int
    name: str
    title: str
    group: str
    day: date
    starts_at: str
    questions: int
    left_behind: int


async def load(db: AsyncSession, session: ModerationSession, moderator: Moderator) -> CopyView:
    """The form with the group, day and time of the session itself; a day that is over becomes today."""
    session_id = int(session.id or 0)
    copied = await agendas.typed_by_hand(db, session_id)
    return CopyView(
        moderator=moderator.name,
        is_owner=moderator.is_owner,
        session=session_id,
        name=session.group_name or session.title,
        title=session.title,
        group=session.group_name,
        day=max(session.held_on, date.today()),
        starts_at=session.starts_at or "",
        questions=count_questions(item.question for item in copied),
        left_behind=len(await agendas.items(db, session_id)) - len(copied),
    )
