"""Taking a moderator's own moves back and doing them again; what is in the way is told and asked, never overwritten."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import moves
from app.commands.outcome import Outcome
from app.domain.events import StepPassedOver
from app.domain.history import Hindered, Obstacle, Recorded, in_words, obstacle, rest
from app.domain.presence import DeedKind
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.themes import Board, Move
from app.store import history, people
from app.store.tables import BoardMove, ModerationSession, Question

PASS_OVER = "pass_over"
REST = "rest"


async def take(
    db: AsyncSession,
    session: ModerationSession,
    question: Question,
    board: Board,
    row: BoardMove,
    answer: tuple[str, str],
) -> Outcome:
    """Undo a step of the history, or do an undone one again.

    `answer` is what a person said to the question this asks (ConfirmationNeeded) when another moved on what the step
    touched: its key, and REST to take what nothing is in the way of. Otherwise the step leaves the history, so that
    earlier ones can be taken.
    """
    step = _step_of(row)
    later = await history.standing_since(db, int(question.id or 0), row.seq, row.moderator_id)
    recorded = [Recorded(one.moderator_id, one.seq, history.read_move(one.move)) for one in later]
    hindrance = obstacle(board, step, recorded)
    if hindrance is None:
        return await _replay(db, session, question, board, row, step)
    confirmed, instead = answer
    if confirmed != _key(row):
        raise await _question(db, board, row, step, hindrance)
    if instead == REST:
        free = rest(board, step, hindrance.parts)
        if free is None:
            raise Refusal(Reason.BOARD_HAS_MOVED_ON)
        return await _replay(db, session, question, board, row, free)
    row.passed_over = True
    return Outcome([StepPassedOver(int(question.id or 0))])


def _step_of(row: BoardMove) -> Move:
    """The move itself to do it again, its inverse to undo it."""
    move = history.read_move(row.move)
    return move if row.undone else move.inverse()


def _key(row: BoardMove) -> str:
    """Of this very step, done or undone: an answer to an old question does nothing to another one."""
    return f"{PASS_OVER}_{row.id}_{row.seq}"


async def _replay(
    db: AsyncSession, session: ModerationSession, question: Question, board: Board, row: BoardMove, step: Move
) -> Outcome:
    question_id = int(question.id or 0)
    lost = await moves.write(db, question_id, step, board.written_by(step))
    done = replace(step if row.undone else step.inverse(), actions={**step.actions, **lost})
    kind = DeedKind.REDID if row.undone else DeedKind.UNDID
    row.undone, row.seq, row.move = not row.undone, session.seq, history.write_move(done)
    moved = await moves.moved(db, question_id, row.moderator_id, kind, board.apply(step), done)
    return Outcome([moved, *moves.told_to_phones(question, done)])


async def _question(
    db: AsyncSession, board: Board, row: BoardMove, step: Move, hindrance: Obstacle
) -> ConfirmationNeeded:
    names = {theme: state.name for theme, state in board.themes.items()}
    by, later, free = None, None, rest(board, step, hindrance.parts)
    if hindrance.by is not None:
        is_own = hindrance.by.moderator == row.moderator_id
        by = "" if is_own else await people.name_of_moderator(db, hindrance.by.moderator)
        later = in_words(hindrance.by.move, names)
    own = in_words(history.read_move(row.move), names)
    hindered = Hindered(own, row.undone, by, later, len(free.after.places) if free else 0)
    return ConfirmationNeeded(_key(row), own.count, hindered=hindered)
