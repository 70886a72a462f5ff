"""The board for the control room: inbox, themes, and what each moderator's undo and redo would do."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.history import Step, in_words
from app.screens.control_room_board_view import Board, OwnHistory
from app.screens.control_room_proposals import proposals_of
from app.screens.control_room_result import grouped, shown_of
from app.screens.control_room_stacks import stacks_on
from app.store import history, people, statements
from app.store.tables import BoardMove, ModerationSession, Question


async def board_of(db: AsyncSession, question: Question, session: ModerationSession) -> Board:
    """The board, and the ends of the histories of all who lead: everybody gets the same text."""
    question_id = int(question.id or 0)
    shown, loose = await grouped(db, question_id)
    names = {theme.id: theme.name for theme in shown}
    return Board(
        loose,
        shown,
        held=(await statements.counts(db, question_id)).waiting,
        histories=await histories_of(db, question, session, names),
        hidden=shown_of(await statements.hidden(db, question_id)),
        proposals=await proposals_of(db, question),
        stacks=await stacks_on(db, question_id),
    )


async def histories_of(
    db: AsyncSession, question: Question, session: ModerationSession, names: Mapping[int, str]
) -> tuple[OwnHistory, ...]:
    """What undo and redo would do for each who leads; `names` are those of the themes now."""
    question_id = int(question.id or 0)
    done, undone = await history.last_done(db, question_id), await history.first_undone(db, question_id)
    return tuple(
        OwnHistory(one, _words(done.get(one), names), _words(undone.get(one), names))
        for one in await people.leading(db, session)
    )


def _words(row: BoardMove | None, names: Mapping[int, str]) -> Step | None:
    return in_words(history.read_move(row.move), names) if row else None
