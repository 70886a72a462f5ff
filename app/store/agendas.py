"""The agenda of a session as a whole: what a moderator typed of it, apart from what an evening brought forth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import Kind
from app.store import questions, themes
from app.store.tables import Question, Theme


@dataclass(frozen=True)
class Item:
    """A question or pause, with its given themes."""

    question: Question
    themes: tuple[Theme, ...] = ()

    @property
    def is_follow_up(self) -> bool:
        """Whether it is about themes that were carried from an earlier question of the same evening."""
        return any(theme.carried_from is not None for theme in self.themes)


async def items(db: AsyncSession, session_id: int) -> list[Item]:
    """The agenda in order; only guided questions have given themes, those of others came from statements."""
    given: dict[int, list[Theme]] = defaultdict(list)
    for theme in await themes.of_session(db, session_id):
        given[theme.question_id].append(theme)
    return [
        Item(question, tuple(given[int(question.id or 0)]) if question.kind == Kind.GUIDED else ())
        for question in await questions.of_session(db, session_id)
    ]


async def typed_by_hand(db: AsyncSession, session_id: int) -> list[Item]:
    """What holds for another group too: the agenda without questions about this evening's own themes."""
    return [item for item in await items(db, session_id) if not item.is_follow_up]
