"""What participants propose, for the control room: statements by theme, and new themes; mixed, and of nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.proposals import on_the_board
from app.screens.board_pieces import Occasion, Piece
from app.screens.control_room_board_view import (
    Board,
    ProposedTheme,
    ShownProposals,
    ShownStatement,
    ShownTheme,
    drawn_on,
)
from app.screens.control_room_result import shown_of
from app.store import proposals, statements, themes
from app.store.tables import Question


async def proposals_of(db: AsyncSession, question: Question) -> ShownProposals:
    """What is proposed and not so yet.

    What still waits is not asked of the database, so that not even a number of it can be shown.
    """
    question_id = int(question.id or 0)
    shown = await proposals.shown(db, question_id)
    ignored = await proposals.count_ignored(db, question_id)
    found = on_the_board(await themes.board(db, question_id), shown) if shown else None
    texts = {one.id: one for one in shown_of(await statements.released_by_ids(db, shown))} if shown else {}
    return ShownProposals(
        is_on=question.takes_proposals,
        are_there=bool(shown),
        by_theme={theme: _of(some, texts) for theme, some in found.by_theme.items()} if found else {},
        new=tuple(ProposedTheme(one.name, _of(one.statements, texts)) for one in found.new) if found else (),
        ignored=ignored,
    )


async def load_proposals(db: AsyncSession, occasion: Occasion) -> list[Piece]:
    """All that shows proposals: of each theme, and of new ones."""
    known = await themes.of_question(db, int(occasion.question.id or 0))
    named = tuple(ShownTheme(int(theme.id or 0), theme.name, theme.letter) for theme in known)
    board = Board((), named, proposals=await proposals_of(db, occasion.question))
    return [("control_room/proposals_pushed.html", {"view": drawn_on(occasion, board)})]


def _of(ids: Iterable[str], texts: Mapping[str, ShownStatement]) -> tuple[ShownStatement, ...]:
    return tuple(texts[key] for key in ids if key in texts)
