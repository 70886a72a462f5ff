"""The page on which a session is taken home: of which questions there is a picture, and what the session is called."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.screens.action_list import in_calendar
from app.store import actions, hand_counts, questions
from app.store.tables import ModerationSession, Moderator


@dataclass(frozen=True)
class Pictured:
    """A question on which points were given, so one that can be drawn."""

    number: int
    text: str


@dataclass(frozen=True)
class DownloadsView:
    """`language` is that of the session, and so the first choice for its files; `is_owner`: of the server; `agreed`:
    how many action items there are, `dated`: how many of them a calendar can show; `undrawn`: how many questions have
    no points to draw."""

    moderator: str
    is_owner: bool
    session: int
    name: str
    language: str
    status: str
    pictured: tuple[Pictured, ...]
    undrawn: int
    agreed: int
    dated: int


async def has_question(db: AsyncSession, session_id: int, number: int) -> bool:
    """Whether the agenda has a question with this number."""
    return number in {one for one, _ in numbered(await questions.of_session(db, session_id))}


async def load(db: AsyncSession, session: ModerationSession, moderator: Moderator) -> DownloadsView:
    """What can be taken home of this session now."""
    session_id = int(session.id or 0)
    asked = [(number, one) for number, one in numbered(await questions.of_session(db, session_id)) if number]
    drawn = [Pictured(number, one.text) for number, one in asked if await _has_points(db, int(one.id or 0))]
    agreed = await actions.of_session(db, session_id)
    return DownloadsView(
        moderator=moderator.name,
        is_owner=moderator.is_owner,
        session=session_id,
        name=session.group_name or session.title,
        language=session.language,
        status=session.status,
        pictured=tuple(drawn),
        undrawn=len(asked) - len(drawn),
        agreed=len(agreed),
        dated=in_calendar(agreed),
    )


async def _has_points(db: AsyncSession, question_id: int) -> bool:
    """Whether the last vote that was closed gave any, on ballots or by hand."""
    closed = [vote for vote in await questions.rounds_of(db, question_id) if vote.closed]
    if not closed:
        return False
    last = int(closed[-1].id or 0)
    by_hand = await hand_counts.of_round(db, last)
    return any(by_hand.values()) or any(theme.points for theme in await questions.themes_of_round(db, last))
