"""The board for the control room: inbox, themes, and what each moderator's undo and redo would do."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.history import Step, in_words
from app.screens.control_room_result import grouped, shown_of
from app.screens.control_room_stacks import stacks_of
from app.screens.control_room_view import Board, OwnHistory
from app.store import history, people, statements, suggestions
from app.store.tables import BoardMove, ModerationSession, Question


async def board_of(db: AsyncSession, question: Question, session: ModerationSession) -> Board:
    """The board, and the ends of the histories of all who lead: everybody gets the same text."""
    question_id = int(question.id or 0)
    shown, loose = await grouped(db, question_id)
    names = {theme.id: theme.name for theme in shown}
    hidden = [one for one in await statements.released_or_hidden(db, question_id) if one.hidden]
    done, undone = await history.last_done(db, question_id), await history.first_undone(db, question_id)
    return Board(
        loose,
        shown,
        held=(await statements.counts(db, question_id)).waiting,
        histories=tuple(
            OwnHistory(one, _words(done.get(one), names), _words(undone.get(one), names))
            for one in await people.leading(db, session)
        ),
        hidden=shown_of(hidden),
        stacks=await stacks_of(
            chain(loose, *(theme.statements for theme in shown)), await suggestions.ignored(db, question_id)
        ),
    )


def _words(row: BoardMove | None, names: Mapping[int, str]) -> Step | None:
    return in_words(history.read_move(row.move), names) if row else None
