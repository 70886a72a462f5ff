"""Tells the other moderators of a session what one of them just did; in memory only."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from app.commands import agenda, phases, sessions, statements, themes, turns
from app.domain.agenda import numbered
from app.domain.presence import Deed, DeedKind, ModeratorHere
from app.domain.themes import in_words
from app.store import questions
from app.store import sessions as stored_sessions
from app.store import themes as stored_themes
from app.store.tables import Moderator
from app.web.parts import parts

ON_THE_BOARD: dict[Any, DeedKind] = {
    themes.put: DeedKind.MOVED,
    themes.create: DeedKind.MOVED,
    themes.rename: DeedKind.MOVED,
    themes.remove: DeedKind.MOVED,
    themes.order: DeedKind.MOVED,
    themes.merge: DeedKind.MOVED,
    themes.hide: DeedKind.MOVED,
    themes.undo: DeedKind.UNDID,
    themes.redo: DeedKind.REDID,
}
LEADING: dict[Any, DeedKind] = {
    phases.advance: DeedKind.LED_ON,
    phases.go_back: DeedKind.LED_ON,
    phases.vote_again: DeedKind.LED_ON,
    phases.set_timer: DeedKind.TIMER,
    phases.show_on_big_screen: DeedKind.SETTING,
    phases.accept_statements: DeedKind.SETTING,
    statements.add_for_room: DeedKind.STATEMENT,
    agenda.add_follow_up: DeedKind.FOLLOW_UP,
    sessions.share_report: DeedKind.SETTING,
    sessions.end: DeedKind.ENDED,
    sessions.set_door: DeedKind.SETTING,
    turns.add_between: DeedKind.AGENDA,
    turns.correct_text: DeedKind.AGENDA,
    turns.pass_over: DeedKind.AGENDA,
    turns.cut_short: DeedKind.LED_ON,
}


async def tell(request: Request, session_id: int, moderator: Moderator, command: Any) -> None:
    """Remember what this moderator did with a command that has just been stored."""
    by = ModeratorHere(int(moderator.id or 0), moderator.name)
    deed = await _on_the_board(request, session_id, by, command) or await _leading(request, session_id, by, command)
    if deed is not None:
        parts(request).rooms.of(session_id).presence.did(deed)


async def _on_the_board(request: Request, session_id: int, by: ModeratorHere, command: Any) -> Deed | None:
    """The step as the board's history has it, unless somebody else was quicker since."""
    if command not in ON_THE_BOARD:
        return None
    async with parts(request).database.reader() as db:
        session = await stored_sessions.by_id(db, session_id)
        question_id = int(session.current_question_id or 0) if session else 0
        row = await stored_themes.newest(db, question_id)
        if row is None or row.moderator_id != by.id:
            return None
        names = {int(theme.id or 0): theme.name for theme in await stored_themes.of_question(db, question_id)}
        return Deed(by, ON_THE_BOARD[command], in_words(stored_themes.read_move(row.move), names))


async def _leading(request: Request, session_id: int, by: ModeratorHere, command: Any) -> Deed | None:
    if command not in LEADING:
        return None
    async with parts(request).database.reader() as db:
        agenda_now = await questions.of_session(db, session_id)
        session = await stored_sessions.by_id(db, session_id)
    for number, question in numbered(agenda_now):
        if session and question.id == session.current_question_id and number:
            return Deed(by, LEADING[command], phase=question.phase, number=number)
    return Deed(by, LEADING[command])
