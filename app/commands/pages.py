"""The page a moderator's form was drawn on, and whether the world has moved on since."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.store import questions
from app.store.tables import ModerationSession, Question


@dataclass(frozen=True)
class Page:
    """What a form carries of the screen it was drawn on; `question_id` is None before the first question."""

    phase: Phase
    question_id: int | None
    seq: int


async def question_on(db: AsyncSession, session: ModerationSession, page: Page) -> Question:
    """The current question, if it and its phase are still those of the page. Raises Refusal otherwise."""
    check_open(session)
    if page.question_id is None or page.question_id != session.current_question_id:
        raise Refusal(Reason.PAGE_IS_STALE)
    question = await questions.by_id(db, int(session.id or 0), page.question_id)
    if question is None or question.phase != page.phase:
        raise Refusal(Reason.PAGE_IS_STALE)
    return question


async def grouping_on(db: AsyncSession, session: ModerationSession, page: Page) -> Question:
    """The same, where it is being grouped: only then is there a board to change. Raises Refusal otherwise."""
    question = await question_on(db, session, page)
    if question.phase != Phase.CLUSTER:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    return question


def check_unchanged(changed_seq: int, page_seq: int) -> None:
    """Raises Refusal when the very thing a form changes has changed since the form was drawn."""
    if changed_seq > page_seq:
        raise Refusal(Reason.PAGE_IS_STALE)


def check_not_ended(session: ModerationSession) -> None:
    """Raises Refusal when the session is over."""
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)


def check_open(session: ModerationSession) -> None:
    """Raises Refusal unless people are in the session."""
    check_not_ended(session)
    if session.status != Status.OPEN:
        raise Refusal(Reason.SESSION_NOT_OPEN)
