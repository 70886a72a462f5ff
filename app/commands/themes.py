"""Moves on the board, each with its undo: the moderator orders, nothing is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import moves as written
from app.commands import steps
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, grouping_on
from app.domain import moves, ranks
from app.domain.moves import AT_THE_END, Spot
from app.domain.refusals import Reason, Refusal
from app.domain.themes import Board, Move
from app.store import history, themes
from app.store.tables import ModerationSession, Question, Theme

NO_ANSWER = ("", "")


async def put(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    chosen: Sequence[str],
    theme_id: int | None,
    batches: OpenBatches,
    spot: Spot[str] = AT_THE_END,
    suggested: bool = False,
) -> Outcome:
    """Lay statements, in the given order, at a place in a theme or (None) back in the inbox."""
    desk = await _desk(db, session, page, moderator_id)
    move = moves.put(desk.board, chosen, theme_id, desk.mark, spot, suggested)
    return await _make(desk, move, named=theme_id)


async def create(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    name: str,
    chosen: Sequence[str],
    batches: OpenBatches,
    suggested: bool = False,
) -> Outcome:
    """A new theme with statements or empty, next to the one they are split off from; the answer is its id."""
    desk = await _desk(db, session, page, moderator_id)
    others = await history.of_others(db, desk.question_id, moderator_id)
    reserved = {
        state.letter
        for row in others
        for touched in (history.read_move(row.move).before, history.read_move(row.move).after)
        for state in touched.themes.values()
        if state is not None
    }
    state = moves.new_theme(desk.board, name, chosen, reserved, desk.mark)
    theme = Theme(question_id=desk.question_id, **asdict(state))
    db.add(theme)
    await db.flush()
    theme_id = int(theme.id or 0)
    done = await _make(desk, moves.create(desk.board, theme_id, state, chosen, desk.mark, suggested))
    return replace(done, answer=theme_id)


async def rename(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    theme_id: int,
    name: str,
    batches: OpenBatches,
) -> Outcome:
    """Another name for a theme."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.rename(desk.board, theme_id, name))


async def remove(
    db: AsyncSession, session: ModerationSession, page: Page, moderator_id: int, theme_id: int, batches: OpenBatches
) -> Outcome:
    """Take a theme off the board; its statements go back to the inbox."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.remove(desk.board, theme_id, desk.mark))


async def order(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    theme_id: int,
    step: int,
    batches: OpenBatches,
) -> Outcome:
    """One place forward (step -1) or back (step 1) on the board, which is also the order of ties."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.step(desk.board, theme_id, step, desk.mark))


async def order_at(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    theme_id: int,
    spot: Spot[int],
    batches: OpenBatches,
) -> Outcome:
    """A theme to any place on the board."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.order_at(desk.board, theme_id, spot, desk.mark))


async def merge(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    theme_id: int,
    into: int,
    batches: OpenBatches,
) -> Outcome:
    """Lay all statements of a theme at the end of another, which keeps its name; the first one goes."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.merge(desk.board, theme_id, into, desk.mark), named=into)


async def hide(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    chosen: Sequence[str],
    hidden: bool,
    batches: OpenBatches,
) -> Outcome:
    """Hide statements from every screen and export but their count, or show them again where they were."""
    desk = await _desk(db, session, page, moderator_id)
    return await _make(desk, moves.hide(desk.board, chosen, hidden))


async def undo(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    batches: OpenBatches,
    answer: tuple[str, str] = NO_ANSWER,
) -> Outcome:
    """Take back this moderator's last move; asks first when another has moved on what it touched (`steps.take`)."""
    desk = await _desk(db, session, page, moderator_id)
    row = (await history.last_done(db, desk.question_id)).get(moderator_id)
    if row is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return await steps.take(db, session, desk.question, desk.board, row, answer)


async def redo(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    batches: OpenBatches,
    answer: tuple[str, str] = NO_ANSWER,
) -> Outcome:
    """Do again what this moderator undid last; asks like undo."""
    desk = await _desk(db, session, page, moderator_id)
    row = (await history.first_undone(db, desk.question_id)).get(moderator_id)
    if row is None:
        raise Refusal(Reason.NOTHING_TO_REDO)
    return await steps.take(db, session, desk.question, desk.board, row, answer)


@dataclass(frozen=True)
class _Desk:
    """What a moderator has before them: the board, and the page it was seen on."""

    db: AsyncSession
    session: ModerationSession
    question: Question
    page: Page
    moderator_id: int
    board: Board

    @property
    def question_id(self) -> int:
        return int(self.question.id or 0)

    @property
    def mark(self) -> str:
        return ranks.mark(self.session.seq)


async def _desk(db: AsyncSession, session: ModerationSession, page: Page, moderator_id: int) -> _Desk:
    question = await grouping_on(db, session, page)
    board = await themes.board(db, int(question.id or 0))
    return _Desk(db, session, question, page, moderator_id, board)


async def _make(desk: _Desk, move: Move | None, named: int | None = None) -> Outcome:
    counted_on = [] if named is None else [named]
    return await written.make(
        desk.db, desk.session, desk.question, desk.page, desk.moderator_id, desk.board, move, counted_on
    )
