"""The suggestions that were ignored, by question."""

from __future__ import annotations

import json

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.ignored import Ignored
from app.store.tables import IgnoredSuggestion


async def ignored(db: AsyncSession, question_id: int) -> frozenset[Ignored]:
    """All that were ignored on a question."""
    found = select(IgnoredSuggestion.what).where(IgnoredSuggestion.question_id == question_id)
    return frozenset(_read(what) for what in (await db.exec(found)).all())


async def ignore(db: AsyncSession, question_id: int, suggestion: Ignored) -> None:
    """Remember one; once is enough."""
    await db.merge(IgnoredSuggestion(question_id=question_id, what=_write(suggestion)))
    await db.flush()


def _write(suggestion: Ignored) -> str:
    """Always the same for the same suggestion, since it is the key."""
    return json.dumps({"statements": sorted(suggestion.statements), "theme": suggestion.theme})


def _read(what: str) -> Ignored:
    raw = json.loads(what)
    return Ignored(frozenset(raw["statements"]), raw["theme"])
