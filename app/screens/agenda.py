"""The agenda editor: a session's details and its questions, with what may still change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import (
    USUAL_MINUTES,
    USUAL_PAUSE,
    Kind,
    QuestionSettings,
    count_questions,
    may_change_budget,
    may_change_text,
    numbered,
)
from app.domain.ballots import LARGEST_BUDGET
from app.domain.clock import clock_after
from app.domain.limits import LARGEST_MOST_STATEMENTS
from app.domain.phases import Phase, Status, may_mix_less
from app.domain.statements import LENGTHS
from app.screens import session_templates
from app.screens.phone_preview import preview
from app.screens.phone_view import PhoneView
from app.screens.render import N_, translate
from app.store import questions, sessions, statements, themes
from app.store.tables import Question

PAUSE = N_("Break")


@dataclass(frozen=True)
class AgendaItem:
    """One question with its settings, or a pause, which has no number; what is fixed can't be changed any more."""

    id: int
    number: int | None
    kind: str
    text: str
    phases: tuple[str, ...]
    minutes: Mapping[str, int]
    budget: int | None
    limit_per_theme: int | None
    max_length: int
    most_statements: int
    statements_on_phones: bool
    takes_proposals: bool
    phase: str
    themes: tuple[str, ...]
    is_follow_up: bool
    has_example_themes: bool
    may_change_text: bool
    may_change_vote: bool
    may_move_up: bool
    may_move_down: bool

    @property
    def is_pause(self) -> bool:
        return self.kind == Kind.PAUSE

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
    starts_at: str | None
    language: str
    mixing: bool
    report_shared: bool
    items: tuple[AgendaItem, ...]
    questions: int
    minutes: int
    pause_text: str
    usual_minutes: Mapping[str, int] = field(default_factory=lambda: dict(USUAL_MINUTES))
    usual_pause: int = USUAL_PAUSE
    lengths: tuple[int, ...] = LENGTHS
    largest_budget: int = LARGEST_BUDGET
    largest_most_statements: int = LARGEST_MOST_STATEMENTS

    @property
    def through_at(self) -> str | None:
        """What the clock says when everything has had its minutes; None without a time to begin, or minutes."""
        return clock_after(self.starts_at, self.minutes) if self.starts_at and self.minutes else None

    @property
    def has_begun(self) -> bool:
        return any(not item.may_remove for item in self.items)

    @property
    def may_mix_less(self) -> bool:
        return may_mix_less(Status(self.status))


async def load(db: AsyncSession, session_id: int) -> AgendaView:
    """The agenda of a session as it stands."""
    session = await sessions.existing(db, session_id)
    agenda = await questions.of_session(db, session_id)
    examples = session_templates.example_themes(session.language)
    first = max((place for place, one in enumerate(agenda, 1) if one.phase != Phase.WAITING), default=0)
    items = [
        await _item(db, question, number, (place > first, place + 1 < len(agenda)), examples)
        for place, (number, question) in enumerate(numbered(agenda))
    ]
    return AgendaView(
        session=session_id,
        seq=session.seq,
        status=session.status,
        title=session.title,
        group=session.group_name,
        day=session.held_on,
        starts_at=session.starts_at,
        language=session.language,
        mixing=session.mixing,
        report_shared=session.report_shared,
        items=tuple(items),
        questions=count_questions(agenda),
        minutes=sum(sum(question.minutes.values()) for question in agenda if not question.skipped),
        pause_text=translate(session.language, PAUSE),
    )


def preview_of(view: AgendaView) -> PhoneView:
    """The phone beside the editor when it is opened: with the first question, or an empty one."""
    item = view.items[0] if view.items else None
    if item is None:
        return preview(QuestionSettings(""), 1, 1)
    settings = QuestionSettings(
        item.text,
        item.phases,
        item.budget,
        item.limit_per_theme,
        item.max_length,
        minutes=item.minutes,
        themes=item.themes,
        statements_on_phones=item.statements_on_phones,
    )
    return preview(settings, item.number or 1, view.questions)


async def _item(
    db: AsyncSession, question: Question, number: int | None, moves: tuple[bool, bool], examples: set[str]
) -> AgendaItem:
    """An item; `moves`: whether there is room for it above and below, while it waits for its turn."""
    question_id, phase = int(question.id or 0), Phase(question.phase)
    given = await themes.of_question(db, question_id) if question.kind == Kind.GUIDED else ()
    waiting = phase == Phase.WAITING
    return AgendaItem(
        id=question_id,
        number=number,
        kind=question.kind,
        text=question.text,
        phases=tuple(str(phase) for phase in questions.phases_of(question)),
        minutes=question.minutes,
        budget=question.budget,
        limit_per_theme=question.limit_per_theme,
        max_length=question.max_length,
        most_statements=question.most_statements,
        statements_on_phones=question.statements_on_phones,
        takes_proposals=question.takes_proposals,
        phase=phase,
        themes=tuple(theme.name for theme in given),
        is_follow_up=any(theme.carried_from for theme in given),
        has_example_themes=waiting and any(theme.name in examples for theme in given),
        may_change_text=may_change_text(phase, await statements.any_for(db, question_id)),
        may_change_vote=may_change_budget(phase),
        may_move_up=waiting and moves[0],
        may_move_down=waiting and moves[1],
    )
