"""What moved on the board, for control rooms that show the rest of it already: as many bytes as moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import themes as rules
from app.screens import control_room
from app.screens.board_pieces import Occasion, Piece
from app.screens.control_room_board import histories_of
from app.screens.control_room_board_view import Board, BoardMoves, Run, ShownStatement, ShownTheme, Stacks
from app.screens.control_room_proposals import proposals_of
from app.screens.control_room_result import shown_of
from app.screens.control_room_stacks import stacks_on
from app.screens.control_room_view import ControlRoomView
from app.screens.moved import Moved, together
from app.store import statements, themes
from app.store.tables import ModerationSession, Question

ALWAYS = ("board_moves", "board_heading", "inbox_heading", "inbox_empty", "history", "phase_count", "colleagues")
OF_THEMES = ("selection_themes", "board_note", "board_empty")


async def load_moved(db: AsyncSession, occasion: Occasion) -> list[Piece]:
    """The pieces of the control room that are stale after moves, and what came in late."""
    session, moved = occasion.session, together(occasion.events)
    view = await control_room.load_counts(db, int(session.id or 0), occasion.presence)
    view = dataclasses.replace(view, seq=occasion.seq)
    view = await _with_moves(db, view, occasion.question, session, moved)
    names = [
        *ALWAYS,
        *(OF_THEMES if moved.themes else ()),
        *(("hidden_statements",) if moved.hides else ()),
        *(("inbox_held",) if moved.has_late else ()),
        *(("stacks",) if moved.has_late or moved.hides else ()),
        # What was proposed may be so now, or no longer.
        *(("proposals_pushed",) if view.board and view.board.proposals.are_there else ()),
    ]
    return [(f"control_room/{name}.html", {"view": view}) for name in names]


async def _with_moves(
    db: AsyncSession, view: ControlRoomView, question: Question, session: ModerationSession, moved: Moved
) -> ControlRoomView:
    question_id = int(question.id or 0)
    board = await themes.board(db, question_id)
    lists = board.lists()
    known = {theme: _counted(theme, state, lists[theme]) for theme, state in board.themes.items()}
    hidden = await statements.hidden(db, question_id) if moved.hides else ()
    counted = Board(
        (),
        tuple(known[theme] for theme in board.in_order()),
        held=(await statements.counts(db, question_id)).waiting if moved.has_late else 0,
        histories=await histories_of(db, question, session, {theme: one.name for theme, one in known.items()}),
        hidden=shown_of(hidden),
        stacks=await stacks_on(db, question_id) if moved.has_late or moved.hides else Stacks(),
        inbox_counted=len(lists[None]),
        proposals=await proposals_of(db, question),
    )
    placed = {key for keys in lists.values() for key in keys}.intersection(moved.statements)
    shown = {one.id: one for one in shown_of(await statements.released_by_ids(db, placed))}
    order = board.in_order() if moved.themes else []
    drawn = {*moved.themes, *(_beside_the_ends(order) if moved.reorders else ())}
    moves = BoardMoves(
        tuple(run for theme, keys in lists.items() for run in _runs(theme, keys, shown)),
        tuple(key for key in moved.statements if key not in placed),
        tuple(known[theme] for theme in order if theme in drawn),
        tuple(known[theme] for theme in moved.lists if theme in known and theme not in drawn),
        tuple(order) if moved.themes else None,
    )
    return dataclasses.replace(view, board=counted, moved=moves)


def _beside_the_ends(order: Sequence[int]) -> Sequence[int]:
    """The themes whose menu may say something else of their place now: those that are or were the first or the last."""
    return (*order[:2], *order[-2:])


def _counted(theme: int, state: rules.ThemeState, keys: Sequence[str]) -> ShownTheme:
    return ShownTheme(theme, state.name, state.letter, counted=len(keys))


def _runs(theme: int | None, keys: Sequence[str], shown: Mapping[str, ShownStatement]) -> list[Run]:
    """The moved statements of one list, in order: those that lie behind one another together."""
    runs: list[Run] = []
    before: str | None = None
    is_open = False
    for key in keys:
        if key in shown and is_open:
            runs[-1] = dataclasses.replace(runs[-1], statements=(*runs[-1].statements, shown[key]))
        elif key in shown:
            runs.append(Run(theme, before, (shown[key],)))
        is_open, before = key in shown, key
    return runs
