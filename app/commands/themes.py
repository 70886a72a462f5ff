"""Moves on the board, each with its undo: the moderator orders, nothing is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import moves
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, question_on
from app.domain import ranks
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import (
    LONGEST_THEME_NAME,
    MOST_THEMES,
    Board,
    Move,
    MoveKind,
    Place,
    ThemeState,
    Touched,
    next_letter,
)
from app.store import themes
from app.store.tables import ModerationSession, Question, Theme


async def put(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    chosen: Sequence[str],
    theme_id: int | None,
    batches: OpenBatches,
) -> Outcome:
    """Lay statements, in the given order, at the end of a theme or (None) back at the end of the inbox."""
    question, board = await _board(db, session, page)
    if theme_id is not None and theme_id not in board.themes:
        raise Refusal(Reason.THEME_UNKNOWN)
    _check_chosen(board, chosen)
    after = Touched(places=_behind(board, theme_id, chosen))
    move = Move(MoveKind.PUT, Touched(places={key: board.places[key] for key in chosen}), after)
    return await moves.make(db, session, question, page, moderator_id, move, named=theme_id)


async def create(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    moderator_id: int,
    name: str,
    chosen: Sequence[str],
    batches: OpenBatches,
) -> Outcome:
    """A new theme at the end of the board, with statements or empty; the answer is its id."""
    question, board = await _board(db, session, page)
    if len(board.themes) >= MOST_THEMES:
        raise Refusal(Reason.TOO_MANY_THEMES, limit=MOST_THEMES)
    if chosen:
        _check_chosen(board, chosen)
    order = board.in_order()
    state = ThemeState(
        check_line(name, LONGEST_THEME_NAME),
        next_letter(theme.letter for theme in board.themes.values()),
        ranks.after(board.themes[order[-1]].rank if order else None, 1)[0],
    )
    theme = Theme(question_id=int(question.id or 0), **asdict(state))
    db.add(theme)
    await db.flush()
    theme_id = int(theme.id or 0)
    move = Move(
        MoveKind.CREATE,
        Touched({theme_id: None}, {key: board.places[key] for key in chosen}),
        Touched({theme_id: state}, _behind(board, theme_id, chosen)),
    )
    return await moves.make(db, session, question, page, moderator_id, move)


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
    question, board = await _board(db, session, page)
    state = _state(board, theme_id)
    renamed = ThemeState(check_line(name, LONGEST_THEME_NAME), state.letter, state.rank, state.carried_from)
    if renamed == state:
        return Outcome([], theme_id)
    move = Move(MoveKind.RENAME, Touched({theme_id: state}), Touched({theme_id: renamed}))
    return await moves.make(db, session, question, page, moderator_id, move)


async def remove(
    db: AsyncSession, session: ModerationSession, page: Page, moderator_id: int, theme_id: int, batches: OpenBatches
) -> Outcome:
    """Take a theme off the board; its statements go back to the inbox."""
    question, board = await _board(db, session, page)
    state = _state(board, theme_id)
    inside = board.all_under(theme_id)
    move = Move(
        MoveKind.REMOVE,
        Touched({theme_id: state}, {key: board.places[key] for key in inside}),
        Touched({theme_id: None}, _behind(board, None, inside)),
    )
    return await moves.make(db, session, question, page, moderator_id, move)


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
    question, board = await _board(db, session, page)
    state = _state(board, theme_id)
    others = [theme for theme in board.in_order() if theme != theme_id]
    place = board.in_order().index(theme_id) + step
    if not 0 <= place <= len(others):
        return Outcome([], theme_id)
    below = board.themes[others[place - 1]].rank if place else None
    above = board.themes[others[place]].rank if place < len(others) else None
    moved = ThemeState(state.name, state.letter, ranks.between(below, above), state.carried_from)
    move = Move(MoveKind.ORDER, Touched({theme_id: state}), Touched({theme_id: moved}))
    return await moves.make(db, session, question, page, moderator_id, move)


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
    question, board = await _board(db, session, page)
    state = _state(board, theme_id)
    _state(board, into)
    if into == theme_id:
        raise Refusal(Reason.THEME_UNKNOWN)
    inside = board.all_under(theme_id)
    move = Move(
        MoveKind.MERGE,
        Touched({theme_id: state}, {key: board.places[key] for key in inside}),
        Touched({theme_id: None}, _behind(board, into, inside)),
    )
    return await moves.make(db, session, question, page, moderator_id, move, named=into)


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
    question, board = await _board(db, session, page)
    _check_chosen(board, chosen)
    before = Touched(places={key: board.places[key] for key in chosen})
    after = Touched(places={key: replace(board.places[key], hidden=hidden) for key in chosen})
    move = Move(MoveKind.HIDE if hidden else MoveKind.SHOW, before, after)
    return await moves.make(db, session, question, page, moderator_id, move)


async def undo(
    db: AsyncSession, session: ModerationSession, page: Page, moderator_id: int, batches: OpenBatches
) -> Outcome:
    """Take back the board's last move, whoever made it, unless something it touched has moved on since."""
    question, board = await _board(db, session, page)
    row = await themes.last_done(db, int(question.id or 0))
    if row is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return await moves.step(db, session, question, page, moderator_id, board, row)


async def redo(
    db: AsyncSession, session: ModerationSession, page: Page, moderator_id: int, batches: OpenBatches
) -> Outcome:
    """Do again what was undone last."""
    question, board = await _board(db, session, page)
    row = await themes.first_undone(db, int(question.id or 0))
    if row is None:
        raise Refusal(Reason.NOTHING_TO_REDO)
    return await moves.step(db, session, question, page, moderator_id, board, row)


async def _board(db: AsyncSession, session: ModerationSession, page: Page) -> tuple[Question, Board]:
    question = await question_on(db, session, page)
    if question.phase != Phase.CLUSTER:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    return question, await themes.board(db, int(question.id or 0))


def _check_chosen(board: Board, chosen: Sequence[str]) -> None:
    if not chosen:
        raise Refusal(Reason.NO_STATEMENTS_CHOSEN)
    if len(set(chosen)) != len(chosen) or any(key not in board.places for key in chosen):
        raise Refusal(Reason.STATEMENT_UNKNOWN)


def _state(board: Board, theme_id: int) -> ThemeState:
    if theme_id not in board.themes:
        raise Refusal(Reason.THEME_UNKNOWN)
    return board.themes[theme_id]


def _behind(board: Board, theme_id: int | None, chosen: Sequence[str]) -> dict[str, Place]:
    there = board.all_under(theme_id)
    last = board.places[there[-1]].rank if there else None
    return {
        key: Place(theme_id, rank, board.places[key].hidden)
        for key, rank in zip(chosen, ranks.after(last, len(chosen)), strict=True)
    }
