"""Questions of an agenda, and their rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import QuestionSettings
from app.domain.phases import LATE_SECONDS_WITHOUT_CLUSTER, Phase, Status, standing
from app.domain.timer import Timer
from app.store.tables import ModerationSession, Question, Round, RoundTheme, Theme


def phases_of(question: Question) -> tuple[Phase, ...]:
    """The phases this question goes through, in order."""
    return tuple(Phase(name) for name in question.phases.split(","))


def standing_of(question: Question) -> Phase:
    """What this question's phase means for statements now."""
    return standing(Phase(question.phase), question.accepts_statements)


def settings_of(question: Question, themes: Iterable[Theme]) -> QuestionSettings:
    """What the moderator decided about this question, with its given themes."""
    return QuestionSettings(
        question.text,
        phases=tuple(question.phases.split(",")),
        budget=question.budget,
        limit_per_theme=question.limit_per_theme,
        max_length=question.max_length,
        most_statements=question.most_statements,
        statements_on_phones=question.statements_on_phones,
        takes_proposals=question.takes_proposals,
        minutes=question.minutes,
        themes=tuple(theme.name for theme in themes),
    )


def timer_of(question: Question) -> Timer:
    return Timer(question.timer_seconds, question.timer_started_at)


def has_clock(question: Question, now: float) -> bool:
    """Whether a screen shows a time that runs: the phase's, or the seconds in which late statements are taken."""
    closed_at = question.collecting_closed_at
    late = closed_at is not None and now - closed_at <= LATE_SECONDS_WITHOUT_CLUSTER
    return timer_of(question).is_running or late


async def of_session(db: AsyncSession, session_id: int) -> Sequence[Question]:
    """The agenda in order."""
    found = select(Question).where(Question.session_id == session_id)
    return (await db.exec(found.order_by(col(Question.position), col(Question.id)))).all()


async def by_id(db: AsyncSession, session_id: int, question_id: int) -> Question | None:
    """A question, only if it belongs to this session."""
    found = select(Question).where(Question.id == question_id, Question.session_id == session_id)
    return (await db.exec(found)).first()


async def rounds_of(db: AsyncSession, question_id: int) -> Sequence[Round]:
    """All votes on a question, first to last."""
    return (await db.exec(select(Round).where(Round.question_id == question_id).order_by(col(Round.number)))).all()


async def last_round(db: AsyncSession, question_id: int) -> Round | None:
    found = select(Round).where(Round.question_id == question_id).order_by(col(Round.number).desc())
    return (await db.exec(found)).first()


async def themes_of_round(db: AsyncSession, round_id: int) -> Sequence[RoundTheme]:
    """What was voted on, in board order when the vote opened; points are None until the close."""
    found = select(RoundTheme).where(RoundTheme.round_id == round_id).order_by(col(RoundTheme.tie_order))
    return (await db.exec(found)).all()


async def round_by_id(db: AsyncSession, session_id: int, round_id: int) -> Round | None:
    """A round, only if its question belongs to this session."""
    found = (
        select(Round)
        .join(Question, col(Question.id) == Round.question_id)
        .where(Round.id == round_id, Question.session_id == session_id)
    )
    return (await db.exec(found)).first()


async def past_late_time(db: AsyncSession, closed_before: int) -> Sequence[Question]:
    """Current questions of open sessions that closed collecting before a moment and have no cluster phase."""
    found = (
        select(Question)
        .join(ModerationSession, col(ModerationSession.current_question_id) == Question.id)
        .where(
            ModerationSession.status == Status.OPEN,
            col(Question.phase).in_([Phase.VOTE, Phase.RESULT]),
            col(Question.phases).not_like("%cluster%"),
            col(Question.collecting_closed_at) < closed_before,
        )
    )
    return (await db.exec(found)).all()
