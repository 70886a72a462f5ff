"""Making, opening and ending a session, and what a moderator sets about it as a whole."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import agenda, releases
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, check_open, check_unchanged
from app.domain.agenda import LONGEST_NAME, QuestionSettings
from app.domain.anonymity import SECONDS_CODES_REST
from app.domain.clock import check_clock
from app.domain.events import AgendaChanged, DoorChanged, Event, ReportShared, SessionEnded, SessionOpened
from app.domain.phases import Phase, Status, may_end, may_mix_less
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.statements import check_line, has_content
from app.store import history, proposals, questions, sessions, suggestions
from app.store import statements as stored
from app.store.tables import ModerationSession, RestingCode


@dataclass(frozen=True)
class SessionFields:
    """What a moderator fills in about a session."""

    title: str
    group_name: str
    held_on: date
    language: str
    mixing: bool = True
    report_shared: bool = False
    starts_at: str | None = None


def _check(fields: SessionFields) -> SessionFields:
    group = check_line(fields.group_name, LONGEST_NAME) if has_content(fields.group_name) else ""
    starts_at = check_clock(fields.starts_at or "")
    return replace(fields, title=check_line(fields.title, LONGEST_NAME), group_name=group, starts_at=starts_at)


async def create(
    db: AsyncSession, moderator_id: int, fields: SessionFields, questions_asked: Sequence[QuestionSettings] = ()
) -> Outcome:
    """A new draft, with the questions of a template when it comes from one; the answer is its id."""
    checked = _check(fields)
    session = ModerationSession(
        moderator_id=moderator_id,
        title=checked.title,
        group_name=checked.group_name,
        held_on=checked.held_on,
        language=checked.language,
        mixing=checked.mixing,
        report_shared=checked.report_shared,
        starts_at=checked.starts_at,
    )
    db.add(session)
    await db.flush()
    for settings in questions_asked:
        await agenda.add_question(db, session, settings)
    return Outcome([], session.id)


def _fields_of(session: ModerationSession) -> SessionFields:
    return SessionFields(
        session.title,
        session.group_name,
        session.held_on,
        session.language,
        mixing=session.mixing,
        report_shared=session.report_shared,
        starts_at=session.starts_at,
    )


async def change(
    db: AsyncSession, session: ModerationSession, fields: SessionFields, seq: int, batches: OpenBatches
) -> Outcome:
    """New details; once the session is open, mixing can only be made stricter. What stands already changes nothing."""
    checked = _check(fields)
    if checked == _fields_of(session):
        return Outcome()
    check_unchanged(session.changed_seq, seq)
    if session.mixing and not checked.mixing and not may_mix_less(Status(session.status)):
        raise Refusal(Reason.MIXING_ONLY_STRICTER)
    session.title, session.group_name = checked.title, checked.group_name
    session.held_on, session.language, session.mixing = checked.held_on, checked.language, checked.mixing
    session.report_shared, session.starts_at = checked.report_shared, checked.starts_at
    session.changed_seq = session.seq
    return Outcome([AgendaChanged()])


async def open_session(db: AsyncSession, session: ModerationSession, batches: OpenBatches) -> Outcome:
    """Give the session its code and let people in. Raises Refusal without a question or when it was opened before."""
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    if session.status == Status.OPEN:
        raise Refusal(Reason.SESSION_ALREADY_OPEN)
    if not await questions.of_session(db, int(session.id or 0)):
        raise Refusal(Reason.AGENDA_IS_EMPTY)
    session.code = await _free_code(db)
    session.status, session.door_open = Status.OPEN, True
    # However long ago it was prepared: it must not be deleted while it goes on.
    session.kept_from = date.today()
    return Outcome([SessionOpened()], session.code)


async def _free_code(db: AsyncSession) -> str:
    """Six random digits that no session has, nor had in the last thirty days."""
    await sessions.free_rested_codes(db, int(time.time()))
    while True:
        code = f"{secrets.randbelow(900_000) + 100_000}"
        if await sessions.code_is_free(db, code):
            return code


async def share_report(db: AsyncSession, session: ModerationSession, shared: bool, batches: OpenBatches) -> Outcome:
    """Let participants see the report, or no longer."""
    session.report_shared = shared
    return Outcome([ReportShared()])


async def set_door(db: AsyncSession, session: ModerationSession, is_open: bool, batches: OpenBatches) -> Outcome:
    """Let new participants in, or no longer; whoever has a seat comes and goes as before."""
    check_open(session)
    session.door_open = is_open
    return Outcome([DoorChanged()])


async def end(
    db: AsyncSession, session: ModerationSession, page: Page, confirmed: str, batches: OpenBatches
) -> Outcome:
    """Finish: nothing is accepted any more, what waited is shown, the undo history and all proposals go.

    Raises ConfirmationNeeded until confirmed, with the number of statements.
    """
    check_open(session)
    if page.question_id != session.current_question_id:
        raise Refusal(Reason.PAGE_IS_STALE)
    current = await sessions.current_question(db, session)
    if current is not None and current.phase != page.phase:
        raise Refusal(Reason.PAGE_IS_STALE)
    if current is not None and not may_end(Phase(current.phase)):
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    if confirmed != "end":
        raise ConfirmationNeeded("end", await _statements_so_far(db, session))
    events: list[Event] = list(await releases.release(db, current, batches)) if current is not None else []
    if current is not None and current.phase == Phase.COLLECT:
        current.collecting_closed_at, current.phase = int(time.time()), Phase.RESULT
        await releases.shuffle(db, int(current.id or 0))
    session.status, session.ended_at, session.kept_from = Status.ENDED, int(time.time()), date.today()
    batches.pens.forget({int(question.id or 0) for question in await questions.of_session(db, int(session.id or 0))})
    batches.proposals.forget(int(session.id or 0))
    await proposals.wipe(db, int(session.id or 0))
    await history.wipe(db, int(session.id or 0))
    await suggestions.wipe(db, int(session.id or 0))
    return Outcome([*events, SessionEnded()], wipes_order=True)


async def _statements_so_far(db: AsyncSession, session: ModerationSession) -> int:
    asked = await questions.of_session(db, int(session.id or 0))
    return sum([(await stored.counts(db, int(question.id or 0))).all for question in asked])


async def forget_ended(db: AsyncSession, before: int) -> Outcome:
    """A day after the end: the code is free to rest, and which device wrote what is wiped."""
    now = int(time.time())
    for session in await sessions.ended_before(db, before):
        db.add(RestingCode(code=str(session.code), until=now + SECONDS_CODES_REST))
        session.code = None
        await stored.wipe_receipts(db, int(session.id or 0))
    return Outcome(wipes_order=True)
