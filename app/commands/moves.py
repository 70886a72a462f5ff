"""Writing a move on the board and keeping its history; checks that the page and the board still agree."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.commands.pages import Page
from app.domain.events import BoardMoved
from app.domain.refusals import Reason, Refusal
from app.domain.themes import STEPS_TO_UNDO, Board, Move, Touched, offers_last_step
from app.store import statements as stored
from app.store import themes
from app.store.tables import BoardMove, ModerationSession, Question, Theme


async def make(
    db: AsyncSession,
    session: ModerationSession,
    question: Question,
    page: Page,
    moderator_id: int,
    move: Move,
    named: int | None = None,
) -> Outcome:
    """Check that the page knew what it touches, write the move, remember it for undo."""
    question_id = int(question.id or 0)
    target = Touched({named: None}) if named is not None else Touched()
    for later in await themes.moves_since(db, question_id, page.seq):
        touched = themes.read_move(later.move).before
        if touched.overlaps(move.before) or _lost_its_theme(themes.read_move(later.move), target):
            raise Refusal(Reason.PAGE_IS_STALE)
    await _write(db, question, move.after)
    await db.exec(
        delete(BoardMove).where(
            col(BoardMove.question_id) == question_id,
            col(BoardMove.undone).is_(True) | (col(BoardMove.id) <= await _oldest_to_forget(db, question_id)),
        )
    )
    db.add(BoardMove(question_id=question_id, moderator_id=moderator_id, seq=session.seq, move=themes.write_move(move)))
    await db.flush()
    created = next(iter(move.after.themes), named)
    return Outcome([BoardMoved(question_id)], created)


def _lost_its_theme(later: Move, target: Touched) -> bool:
    return any(later.after.themes.get(theme, ...) is None for theme in target.themes)


async def _oldest_to_forget(db: AsyncSession, question_id: int) -> int:
    """The id up to which steps fall out of the history of the last hundred."""
    steps = await themes.done_ids(db, question_id)
    return steps[-STEPS_TO_UNDO] if len(steps) >= STEPS_TO_UNDO else 0


async def step(
    db: AsyncSession,
    session: ModerationSession,
    question: Question,
    page: Page,
    moderator_id: int,
    board: Board,
    row: BoardMove,
) -> Outcome:
    """Undo a step of the history, or do an undone one again; it is then the step of who did that.

    Raises Refusal when another moderator moved since the page was drawn: its label named another step.
    """
    question_id = int(question.id or 0)
    since = await themes.moves_since(db, question_id, page.seq)
    if not offers_last_step(moderator_id, (later.moderator_id for later in since)):
        raise Refusal(Reason.PAGE_IS_STALE)
    move = themes.read_move(row.move)
    await _replay(db, question, board, move if row.undone else move.inverse())
    row.undone, row.seq, row.moderator_id = not row.undone, session.seq, moderator_id
    return Outcome([BoardMoved(question_id)])


async def _replay(db: AsyncSession, question: Question, board: Board, move: Move) -> None:
    """Raises Refusal when what the move touches is no longer as the history knows it."""
    if not board.stands_as(move.before):
        raise Refusal(Reason.BOARD_HAS_MOVED_ON)
    known = set(board.themes) | {theme for theme, state in move.after.themes.items() if state}
    if any(place.theme is not None and place.theme not in known for place in move.after.places.values()):
        raise Refusal(Reason.BOARD_HAS_MOVED_ON)
    if any(
        state is None and set(board.all_under(theme)) - set(move.after.places)
        for theme, state in move.after.themes.items()
    ):
        raise Refusal(Reason.BOARD_HAS_MOVED_ON)
    await _write(db, question, move.after)


async def _write(db: AsyncSession, question: Question, touched: Touched) -> None:
    """Themes that come first, then statements, then themes that go: no statement is ever without its theme."""
    for theme_id, state in touched.themes.items():
        if state is not None:
            await db.merge(Theme(id=theme_id, question_id=int(question.id or 0), **asdict(state)))
    await db.flush()
    for statement in await stored.of_board(db, touched.places):
        place = touched.places[statement.id]
        statement.theme_id, statement.rank, statement.hidden = place.theme, place.rank, place.hidden
        db.add(statement)
    await db.flush()
    for theme_id, state in touched.themes.items():
        if state is None:
            await db.exec(delete(Theme).where(col(Theme.id) == theme_id))
    await db.flush()
