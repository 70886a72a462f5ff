"""The board for the control room: inbox, themes, and the last step that undo takes back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import in_words
from app.screens.control_room_result import grouped, shown_of
from app.screens.control_room_view import Board, LastStep
from app.store import people, statements, themes
from app.store.tables import BoardMove, ModerationSession, Question


async def board_of(db: AsyncSession, question: Question, session: ModerationSession) -> Board:
    """The board, and what undo and redo would do: one history for all who lead."""
    question_id = int(question.id or 0)
    shown, loose = await grouped(db, question_id)
    names = {theme.id: theme.name for theme in shown}
    hidden = [one for one in await statements.released_or_hidden(db, question_id) if one.hidden]
    return Board(
        loose,
        shown,
        held=(await statements.counts(db, question_id)).waiting,
        undo=await _last_step(db, session, await themes.last_done(db, question_id), names),
        redo=await _last_step(db, session, await themes.first_undone(db, question_id), names),
        hidden=shown_of(hidden),
    )


async def _last_step(
    db: AsyncSession, session: ModerationSession, row: BoardMove | None, names: Mapping[int, str]
) -> LastStep | None:
    """With the name of who took it where several lead: everybody gets the same words."""
    if row is None:
        return None
    is_shared = row.moderator_id != session.moderator_id or await people.has_co_moderators(db, int(session.id or 0))
    name = await people.name_of_moderator(db, row.moderator_id) if is_shared else ""
    return LastStep(in_words(themes.read_move(row.move), names), name)
