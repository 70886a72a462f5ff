"""The agenda editor: a session's details and its questions, with what may still change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import Kind, may_change_budget, may_change_text
from app.domain.ballots import LARGEST_BUDGET
from app.domain.phases import Phase, Status
from app.domain.statements import LENGTHS
from app.store import questions, sessions, statements, themes
from app.store.tables import Question


@dataclass(frozen=True)
class AgendaItem:
    """One question with its settings; what is fixed can't be changed any more."""

    id: int
    number: int
    text: str
    phases: tuple[str, ...]
    minutes: Mapping[str, int]
    budget: int | None
    limit_per_theme: int | None
    max_length: int
    phase: str
    themes: tuple[str, ...]
    is_follow_up: bool
    may_change_text: bool
    may_change_vote: bool
    may_move_up: bool
    may_move_down: bool

    @property
    def total_minutes(self) -> int:
        return sum(self.minutes.values())

    @property
    def may_remove(self) -> bool:
        return self.phase == Phase.WAITING


@dataclass(frozen=True)
class AgendaView:
    """The whole editor; `seq` is what its forms were drawn at."""

    session: int
    seq: int
    status: str
    title: str
    group: str
    day: date
    language: str
    mixing: bool
    report_shared: bool
    items: tuple[AgendaItem, ...]
    lengths: tuple[int, ...] = LENGTHS
    largest_budget: int = LARGEST_BUDGET

    @property
    def may_mix_less(self) -> bool:
        """Mixing can only be made stricter once people are in."""
        return self.status == Status.DRAFT


async def load(db: AsyncSession, session_id: int) -> AgendaView:
    """The agenda of a session as it stands."""
    session = await sessions.by_id(db, session_id)
    if session is None:
        raise LookupError(f"session {session_id} is gone")
    agenda = await questions.of_session(db, session_id)
    items = [await _item(db, agenda, index) for index in range(len(agenda))]
    return AgendaView(
        session=session_id,
        seq=session.seq,
        status=session.status,
        title=session.title,
        group=session.group_name,
        day=session.held_on,
        language=session.language,
        mixing=session.mixing,
        report_shared=session.report_shared,
        items=tuple(items),
    )


async def _item(db: AsyncSession, agenda: Sequence[Question], index: int) -> AgendaItem:
    question = agenda[index]
    question_id, phase = int(question.id or 0), Phase(question.phase)
    given = await themes.of_question(db, question_id) if question.kind == Kind.GUIDED else ()
    waiting = phase == Phase.WAITING
    return AgendaItem(
        id=question_id,
        number=index + 1,
        text=question.text,
        phases=tuple(str(phase) for phase in questions.phases_of(question)),
        minutes=question.minutes,
        budget=question.budget,
        limit_per_theme=question.limit_per_theme,
        max_length=question.max_length,
        phase=phase,
        themes=tuple(theme.name for theme in given),
        is_follow_up=any(theme.carried_from for theme in given),
        may_change_text=may_change_text(phase, await statements.any_for(db, question_id)),
        may_change_vote=may_change_budget(phase),
        may_move_up=waiting and index > 0 and agenda[index - 1].phase == Phase.WAITING,
        may_move_down=waiting and index + 1 < len(agenda),
    )
