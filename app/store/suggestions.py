"""The suggestions that were ignored and the stacks that were taken apart, by question."""

from __future__ import annotations

import json

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.ignored import Ignored
from app.store.tables import IgnoredSuggestion, Question


async def ignored(db: AsyncSession, question_id: int) -> frozenset[Ignored]:
    """All that were ignored on a question."""
    found = select(IgnoredSuggestion.what).where(IgnoredSuggestion.question_id == question_id)
    return frozenset(_read(what) for what in (await db.exec(found)).all())


async def ignore(db: AsyncSession, question_id: int, suggestion: Ignored) -> None:
    """Remember one; once is enough."""
    await db.merge(IgnoredSuggestion(question_id=question_id, what=_write(suggestion)))
    await db.flush()


async def forget_stacks(db: AsyncSession, question_id: int) -> None:
    """What was taken apart may be stacked again; what else was ignored stays so."""
    rows = await db.exec(select(IgnoredSuggestion).where(IgnoredSuggestion.question_id == question_id))
    for row in rows.all():
        if _read(row.what).as_stack:
            await db.delete(row)
    await db.flush()


async def wipe(db: AsyncSession, session_id: int) -> None:
    """The session is over: of what was ignored on its boards nothing is kept."""
    own = select(Question.id).where(Question.session_id == session_id)
    await db.exec(delete(IgnoredSuggestion).where(col(IgnoredSuggestion.question_id).in_(own)))


def _write(suggestion: Ignored) -> str:
    """Always the same for the same suggestion, since it is the key."""
    what = {"statements": sorted(suggestion.statements), "theme": suggestion.theme}
    return json.dumps({**what, "stack": True} if suggestion.as_stack else what)


def _read(what: str) -> Ignored:
    raw = json.loads(what)
    return Ignored(frozenset(raw["statements"]), raw["theme"], raw.get("stack", False))
