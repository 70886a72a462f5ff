"""The answers to a question of which action items can be made, in result order, with those that are on the list."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.actions import answers_are_in
from app.domain.agenda import numbered
from app.domain.phases import Phase, Status
from app.screens.control_room_board_view import ShownStatement, ShownTheme
from app.screens.control_room_result import result_of
from app.store import actions, questions, sessions, themes
from app.store.tables import ModerationSession, Question


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question whose answers may become action items."""

    id: int
    number: int
    text: str


@dataclass(frozen=True)
class AnswersView:
    """The answers to `question`, the one of `questions` that was asked for; `listed` are the words on the list."""

    session: int
    seq: int
    questions: tuple[AnsweredQuestion, ...]
    question: AnsweredQuestion | None
    themes: tuple[ShownTheme, ...] = ()
    without_theme: tuple[ShownStatement, ...] = ()
    listed: frozenset[str] = frozenset()


async def load(db: AsyncSession, session_id: int, question_id: int | None = None) -> AnswersView:
    """The answers to a question, or else to the last follow-up that has its result, or the last question that has."""
    session = await sessions.existing(db, session_id)
    answered = await _answered(db, session)
    shown = tuple(AnsweredQuestion(int(one.id or 0), number, one.text) for number, one in answered)
    chosen = next((one for _, one in answered if one.id == question_id), None) or await _last(db, answered)
    if chosen is None:
        return AnswersView(session_id, session.seq, shown, None)
    result = await result_of(db, chosen)
    return AnswersView(
        session_id,
        session.seq,
        shown,
        next(one for one in shown if one.id == chosen.id),
        tuple(theme for theme in result.themes if theme.statements),
        result.without_theme,
        await listed_in(db, session_id),
    )


async def listed_in(db: AsyncSession, session_id: int) -> frozenset[str]:
    """The words of all action items: which answers are on the list is told by nothing else."""
    return frozenset(item.text for item in await actions.of_session(db, session_id))


async def is_follow_up(db: AsyncSession, question: Question) -> bool:
    """Whether it asks on about themes of an earlier question."""
    return any(theme.carried_from for theme in await themes.of_question(db, int(question.id or 0)))


async def _answered(db: AsyncSession, session: ModerationSession) -> list[tuple[int, Question]]:
    agenda = numbered(await questions.of_session(db, int(session.id or 0)))
    status = Status(session.status)
    return [(number, one) for number, one in agenda if number and answers_are_in(Phase(one.phase), status)]


async def _last(db: AsyncSession, answered: list[tuple[int, Question]]) -> Question | None:
    follow_ups = [one for _, one in answered if await is_follow_up(db, one)]
    return next(reversed(follow_ups or [one for _, one in answered]), None)
