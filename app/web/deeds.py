"""Tells the other moderators of a session how one of them just led; in memory only. Moves come with their event."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from app.commands import agenda, phases, proposals, sessions, statements, turns
from app.domain.agenda import numbered
from app.domain.presence import Deed, DeedKind, ModeratorHere
from app.store import questions
from app.store import sessions as stored_sessions
from app.store.tables import Moderator
from app.web.parts import parts

LEADING: dict[Any, DeedKind] = {
    phases.advance: DeedKind.LED_ON,
    phases.go_back: DeedKind.LED_ON,
    phases.vote_again: DeedKind.LED_ON,
    phases.set_timer: DeedKind.TIMER,
    phases.show_on_big_screen: DeedKind.SETTING,
    phases.accept_statements: DeedKind.SETTING,
    proposals.switch: DeedKind.SETTING,
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
    """Remember how this moderator led with a command that has just been stored."""
    by = ModeratorHere(int(moderator.id or 0), moderator.name)
    deed = await _leading(request, session_id, by, command)
    if deed is not None:
        parts(request).rooms.of(session_id).presence.did(deed)


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
