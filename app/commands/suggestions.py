"""What a moderator says to suggestions; taking one over is a move on the board (`themes.put`, `themes.create`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, grouping_on
from app.domain.events import SuggestionIgnored
from app.domain.ignored import Ignored
from app.domain.moves import check_chosen, state_of
from app.store import suggestions, themes
from app.store.tables import ModerationSession


async def ignore(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    chosen: Sequence[str],
    theme_id: int | None,
    batches: OpenBatches,
) -> Outcome:
    """Suggest this theme for these statements no more, or (None) these as a group.

    Raises Refusal when one of them is not on the board.
    """
    question_id = int((await grouping_on(db, session, page)).id or 0)
    board = await themes.board(db, question_id)
    check_chosen(board, chosen)
    if theme_id is not None:
        state_of(board, theme_id)
    await suggestions.ignore(db, question_id, Ignored(frozenset(chosen), theme_id))
    return Outcome([SuggestionIgnored(question_id, (theme_id,))])
