"""The agenda as the control room's rail shows it: what was, where we are, what comes."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.phases import PAUSE_ONLY, WITH_VOTE, Phase, Status
from app.screens.control_room_view import AgendaQuestion, AgendaStep
from app.store import questions, statements, themes
from app.store.tables import ModerationSession, Question


async def agenda_of(
    db: AsyncSession, session: ModerationSession, current: Question | None
) -> tuple[AgendaQuestion, ...]:
    """All questions in order; figures only of the one that is current."""
    agenda = await questions.of_session(db, int(session.id or 0))
    here = current.id if current and session.status != Status.ENDED else None
    shown = []
    for number, question in numbered(agenda):
        mark = "current" if question.id == here else "ahead" if question.phase == Phase.WAITING else "done"
        if mark == "ahead" and question.skipped:
            mark = "skipped"
        one = AgendaQuestion(int(question.id or 0), number, question.text, mark, await _steps(db, question, mark))
        shown.append(await _with_figures(db, one, question) if mark == "current" else one)
    return tuple(shown)


async def _steps(db: AsyncSession, question: Question, mark: str) -> tuple[AgendaStep, ...]:
    phases = questions.phases_of(question)
    if mark != "current" or phases == PAUSE_ONLY:
        return tuple(AgendaStep(phase, mark) for phase in phases)
    here = WITH_VOTE.index(Phase(question.phase))
    if question.phase == Phase.RESULT:
        phases = tuple([phase for phase in phases if await _took_place(db, question, phase)])
    return tuple(
        AgendaStep(
            phase,
            "skipped" if phase not in phases else "done" if place < here else "current" if place == here else "ahead",
        )
        for place, phase in enumerate(WITH_VOTE)
    )


async def _took_place(db: AsyncSession, question: Question, phase: Phase) -> bool:
    """Whether a question in its result went through a phase, and was not cut short before it."""
    question_id = int(question.id or 0)
    if phase == Phase.VOTE:
        return await questions.last_round(db, question_id) is not None
    return phase != Phase.CLUSTER or bool(await themes.of_question(db, question_id))


async def _with_figures(db: AsyncSession, one: AgendaQuestion, question: Question) -> AgendaQuestion:
    counts = await statements.counts(db, one.id)
    _, grouped = await statements.counts_on_board(db, one.id)
    return AgendaQuestion(
        one.id,
        one.number,
        one.text,
        one.mark,
        one.steps,
        counts.all,
        grouped,
        len(await themes.of_question(db, one.id)),
        await _points(db, question),
    )


async def _points(db: AsyncSession, question: Question) -> int | None:
    """All points of the last vote once it is closed; None when there were too few ballots, or no vote."""
    vote = await questions.last_round(db, int(question.id or 0))
    if question.phase != Phase.RESULT or vote is None or not vote.closed or vote.ballots is None:
        return None
    return sum(theme.points or 0 for theme in await questions.themes_of_round(db, int(vote.id or 0)))
