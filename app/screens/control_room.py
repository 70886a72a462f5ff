"""The moderator's control room: what a moderator may see in each phase, read from the store."""

from __future__ import annotations

import dataclasses
import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import anonymity
from app.domain.agenda import may_change_text
from app.domain.attendance import shows_roles
from app.domain.phases import Phase, Status, next_phase, previous_phase
from app.domain.presence import Presence
from app.domain.timer import USUAL_SECONDS
from app.domain.turns import may_cut_short
from app.screens import qr
from app.screens.action_list import in_calendar
from app.screens.answers import is_follow_up, listed_in
from app.screens.control_room_agenda import agenda_of
from app.screens.control_room_board import board_of
from app.screens.control_room_board_view import Board
from app.screens.control_room_ended import ended_of
from app.screens.control_room_result import grouped, result_of, shown_of
from app.screens.control_room_suggestions import suggestions_of
from app.screens.control_room_view import (
    AgendaQuestion,
    AttendanceView,
    AttendeeRow,
    Collecting,
    ControlRoomView,
    JoinLink,
    People,
    Timer,
    VoteSettings,
)
from app.settings import settings
from app.store import actions, people, questions, sessions, statements
from app.store.attendance import standing_of
from app.store.tables import ModerationSession, Question

# The later ones lie inside the first three, and are redrawn alone when only they are stale.
FRAGMENTS = {
    "top-bar": "control_room/top_bar.html",
    "rail": "control_room/rail.html",
    "stage": "control_room/stage.html",
    "counts": "control_room/counts.html",
    "remaining": "control_room/remaining.html",
    "timer": "control_room/timer_panel.html",
    "progress": "control_room/progress.html",
    "statement-count": "control_room/statement_count.html",
    "phase-count": "control_room/phase_count.html",
    "question-text": "control_room/question_text.html",
    "door": "control_room/door.html",
    "between": "control_room/between.html",
    "colleagues": "control_room/colleagues.html",
    "trouble": "control_room/trouble.html",
    "attendee-count": "control_room/attendee_count.html",
}
COUNTS = ("counts", "progress", "statement-count", "phase-count", "question-text", "colleagues", "trouble")
WITH_STATEMENTS = frozenset({"stage"})


async def load(db: AsyncSession, session_id: int, presence: Presence) -> ControlRoomView:
    """What the moderator sees now; what a phase may not show is not asked of the database."""
    session = await sessions.existing(db, session_id)
    question = await sessions.current_question(db, session)
    view = await _load_counts(db, session, question, presence)
    if session.status == Status.ENDED:
        return dataclasses.replace(view, ended=await ended_of(db, session))
    return view if question is None or view.question is None else await _with_statements(db, view, question, session)


async def load_counts(db: AsyncSession, session_id: int, presence: Presence) -> ControlRoomView:
    """The same but for the statements, which are counted and not read: it costs the same on a full board."""
    session = await sessions.existing(db, session_id)
    return await _load_counts(db, session, await sessions.current_question(db, session), presence)


async def _load_counts(
    db: AsyncSession, session: ModerationSession, question: Question | None, presence: Presence
) -> ControlRoomView:
    session_id = int(session.id or 0)
    agreed = await actions.of_session(db, session_id)
    agenda = await agenda_of(db, session, question)
    view = ControlRoomView(
        session=session_id,
        seq=session.seq,
        title=session.title,
        group=session.group_name,
        day=session.held_on,
        phase=question.phase if question else Phase.WAITING,
        question=next((one for one in agenda if question and one.id == question.id), None),
        agenda=agenda,
        join=_join(session),
        big_screen=f"/big-screen/{session.big_screen_key}",
        connected=presence.connected,
        seats=await people.seats(db, session_id),
        leading=presence,
        timer=Timer(minutes=USUAL_SECONDS // 60),
        action_count=len(agreed),
        dated_count=in_calendar(agreed),
        attendee_count=await people.attendee_count(db, session_id),
    )
    if session.status == Status.ENDED:
        return dataclasses.replace(view, phase="ended", question=None)
    if session.status == Status.DRAFT:
        return dataclasses.replace(view, phase="draft", question=None)
    view = await _with_ways(db, view, question)
    return view if question is None else await _with_phase(db, view, question, presence)


async def load_attendance(db: AsyncSession, session_id: int) -> AttendanceView:
    """The attendance list, by name."""
    session = await sessions.existing(db, session_id)
    rows = tuple(AttendeeRow(row.id, row.name, row.role) for row in await people.attendees(db, session_id))
    now = await standing_of(db, session, time.time())
    shows = shows_roles(len(rows), session.roles_in_report)
    return AttendanceView(session_id, session.seq, rows, now, session.names_in_report, session.roles_in_report, shows)


def _join(session: ModerationSession) -> JoinLink:
    own = settings()
    address = f"{own.base_url}/j/{session.join_key}"
    drawn = qr.draw(address) if session.code and not own.is_loopback else None
    return JoinLink(session.code, address, drawn, session.door_open)


async def _with_ways(db: AsyncSession, view: ControlRoomView, question: Question | None) -> ControlRoomView:
    """The one next step, and the way back."""
    waiting = next((one for one in view.agenda if one.mark == "ahead"), None)
    if question is None:
        # Everything may have been skipped before it began; then all that is left is to finish.
        step = "end" if waiting is None else "start" if waiting.number else "pause"
        return dataclasses.replace(view, next_step=step, next_number=waiting.number if waiting else 1)
    phase, phases = Phase(question.phase), questions.phases_of(question)
    following = next_phase(phase, phases)
    step = "close_vote" if phase == Phase.VOTE else str(following) if following else _onward(waiting)
    return dataclasses.replace(
        view,
        next_step=step,
        next_number=waiting.number if waiting else 1,
        back_to=previous_phase(phase, phases),
        skips=may_cut_short(phase),
        may_correct=may_change_text(phase, await statements.any_for(db, int(question.id or 0))),
    )


def _onward(waiting: AgendaQuestion | None) -> str:
    """The step out of a question that is done, or out of a pause."""
    if waiting is None:
        return "end"
    return "question" if waiting.number else "pause"


async def _with_phase(
    db: AsyncSession, view: ControlRoomView, question: Question, presence: Presence
) -> ControlRoomView:
    timer = questions.timer_of(question)
    view = dataclasses.replace(
        view, timer=Timer(timer.seconds_left(time.time()), timer.is_running, USUAL_SECONDS // 60)
    )
    if question.phase == Phase.VOTE:
        return dataclasses.replace(view, ready=_people(presence.ready, presence.connected))
    if question.phase != Phase.COLLECT:
        return view
    waiting = (await statements.counts(db, int(question.id or 0))).waiting
    seen_on = {"on_big_screen": question.statements_on_big_screen, "on_phones": question.statements_on_phones}
    return dataclasses.replace(
        view,
        submitted=_people(presence.submitted, presence.connected),
        collecting=Collecting((), waiting, **seen_on, takes_new=question.accepts_statements),
    )


async def _with_statements(
    db: AsyncSession, view: ControlRoomView, question: Question, session: ModerationSession
) -> ControlRoomView:
    if view.collecting is not None:
        shown = shown_of(await statements.released(db, int(question.id or 0)))
        return dataclasses.replace(view, collecting=dataclasses.replace(view.collecting, statements=shown))
    if question.phase == Phase.VOTE:
        return await _vote(db, view, question)
    if question.phase == Phase.PAUSE:
        return view
    if question.phase == Phase.RESULT:
        listed = await listed_in(db, question.session_id) if await is_follow_up(db, question) else None
        return dataclasses.replace(view, result=await result_of(db, question), listed=listed)
    return dataclasses.replace(
        view,
        board=await board_of(db, question, session),
        suggestions=await suggestions_of(db, int(question.id or 0), view.leading.suggested),
    )


def _people(number: int | None, connected: int) -> People:
    """A count as it may be shown: who has left may have done something, and nobody should read "18 of 17"."""
    if number is None:
        return People(None, connected, is_known=False)
    return People(None if anonymity.is_few(number) else number, max(connected, number))


async def _vote(db: AsyncSession, view: ControlRoomView, question: Question) -> ControlRoomView:
    """An open vote: what is voted on, and nothing that was given."""
    shown, loose = await grouped(db, int(question.id or 0))
    vote = await questions.last_round(db, int(question.id or 0))
    assert vote is not None, "a vote is open without its round"
    return dataclasses.replace(
        view,
        board=Board(loose, shown),
        vote=VoteSettings(vote.budget, vote.limit_per_theme, vote.number, vote.verifiable),
    )
