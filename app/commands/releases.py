"""Releasing statements in mixed batches, so that nobody sees in what order they came."""

from __future__ import annotations

import random

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.domain import anonymity, ranks
from app.domain.events import LateStatementsReleased, StatementsReleased
from app.domain.phases import Phase
from app.store import history, questions
from app.store import statements as stored
from app.store.tables import ModerationSession, Question

# The operating system's randomness: a seeded generator could be run again to undo the mixing.
CHANCE = random.SystemRandom()


def mixes(session: ModerationSession, question: Question) -> bool:
    """Whether what comes in now on this question waits for others."""
    is_collecting = questions.standing_of(question) == Phase.COLLECT
    return anonymity.is_mixed(session.mixing, question.statements_on_phones, is_collecting)


async def release(
    db: AsyncSession, question: Question, batches: OpenBatches
) -> list[StatementsReleased | LateStatementsReleased]:
    """Show everything that waits, in random order behind what is shown."""
    question_id = int(question.id or 0)
    batches.close(question_id)
    await db.flush()
    waiting = anonymity.shuffled(await stored.waiting_ids(db, question_id), CHANCE)
    if not waiting:
        return []
    keys = tuple(key for key, _ in waiting)
    behind = ranks.after(await stored.last_rank(db, question_id), len(keys))
    await stored.show(db, dict(zip(keys, behind, strict=True)))
    released = LateStatementsReleased if any(late for _, late in waiting) else StatementsReleased
    return [released(question_id, keys)]


async def hold(db: AsyncSession, question: Question) -> None:
    """Make what waits late: it comes in with others, or when the vote is about to start."""
    for statement in await stored.waiting(db, int(question.id or 0)):
        statement.late = True
        db.add(statement)
    await db.flush()


async def shuffle(db: AsyncSession, question_id: int) -> None:
    """Give all statements that nobody has ordered yet a new random order: that of arrival ends with the phase."""
    is_ordered = await history.has_moves(db, question_id)
    shown = await stored.released_or_hidden(db, question_id)
    mixed = anonymity.shuffled([one for one in shown if one.theme_id is None or not is_ordered], CHANCE)
    for statement, rank in zip(mixed, ranks.evenly(len(mixed)), strict=True):
        statement.rank = rank
        db.add(statement)
    await db.flush()
