"""Stacks of statements that say the same: taking one apart, and letting them be stacked again. Nothing moves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, grouping_on
from app.domain.events import StacksChanged
from app.domain.ignored import Ignored
from app.domain.moves import check_chosen
from app.store import suggestions, themes
from app.store.tables import ModerationSession


async def take_apart(
    db: AsyncSession, session: ModerationSession, page: Page, chosen: Sequence[str], batches: OpenBatches
) -> Outcome:
    """Stack these statements no more. Raises Refusal when one of them is not on the board."""
    question_id = int((await grouping_on(db, session, page)).id or 0)
    check_chosen(await themes.board(db, question_id), chosen)
    await suggestions.ignore(db, question_id, Ignored(frozenset(chosen), None, as_stack=True))
    return Outcome([StacksChanged(question_id)])


async def stack_again(db: AsyncSession, session: ModerationSession, page: Page, batches: OpenBatches) -> Outcome:
    """Stack again whatever was taken apart on this question."""
    question_id = int((await grouping_on(db, session, page)).id or 0)
    await suggestions.forget_stacks(db, question_id)
    return Outcome([StacksChanged(question_id)])
