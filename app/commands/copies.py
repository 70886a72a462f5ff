"""A copy of a session for another group: the same agenda on another day, and nothing that anybody said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain import ranks
from app.domain.agenda import LONGEST_NAME
from app.domain.statements import check_line, has_content
from app.domain.themes import next_letter
from app.store import agendas
from app.store.tables import ModerationSession, Question, Theme


@dataclass(frozen=True)
class Occasion:
    """For whom and when the copy is; `starts_at` is `19:30`, or None when it is not known yet."""

    group_name: str
    held_on: date
    starts_at: str | None = None


async def copy(
    db: AsyncSession, session: ModerationSession, moderator_id: int, occasion: Occasion, batches: OpenBatches
) -> Outcome:
    """A new draft of whoever copies; the answer is its id. Questions about carried themes of that evening stay."""
    made = ModerationSession(
        moderator_id=moderator_id,
        title=session.title,
        group_name=check_line(occasion.group_name, LONGEST_NAME) if has_content(occasion.group_name) else "",
        held_on=occasion.held_on,
        starts_at=occasion.starts_at,
        language=session.language,
        mixing=session.mixing,
        report_shared=session.report_shared,
    )
    db.add(made)
    await db.flush()
    for position, item in enumerate(await agendas.typed_by_hand(db, int(session.id or 0))):
        question = _same_settings(item.question, int(made.id or 0), position)
        db.add(question)
        await db.flush()
        _give_themes(db, question, item.themes)
    await db.flush()
    return Outcome(answer=made.id)


def _same_settings(asked: Question, session_id: int, position: int) -> Question:
    return Question(
        session_id=session_id,
        position=position,
        text=asked.text,
        kind=asked.kind,
        phases=asked.phases,
        budget=asked.budget,
        limit_per_theme=asked.limit_per_theme,
        max_length=asked.max_length,
        most_statements=asked.most_statements,
        statements_on_phones=asked.statements_on_phones,
        takes_proposals=asked.takes_proposals,
        minutes=dict(asked.minutes),
    )


def _give_themes(db: AsyncSession, question: Question, given: tuple[Theme, ...]) -> None:
    letters: list[str] = []
    for theme, rank in zip(given, ranks.evenly(len(given)), strict=True):
        letters.append(next_letter(letters))
        db.add(Theme(question_id=int(question.id or 0), name=theme.name, letter=letters[-1], rank=rank))
