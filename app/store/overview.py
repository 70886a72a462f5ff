"""What a list of sessions tells of each, counted for all of a moderator's sessions at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import Kind, numbered
from app.domain.phases import Status
from app.store.sessions import led_by
from app.store.tables import ActionItem, CoModerator, ModerationSession, Moderator, Participant, Question, Round


@dataclass(frozen=True)
class Counts:
    """Of one session; pauses are not counted among its questions. `overdue` and `ownerless` are of the open actions."""

    questions: int = 0
    actions: int = 0
    seats: int = 0
    open: int = 0
    overdue: int = 0
    ownerless: int = 0


@dataclass(frozen=True)
class Sharing:
    """Whose a session is, and the names of those with whom it is shared."""

    owner: str
    shared_with: tuple[str, ...] = ()


async def counts(db: AsyncSession, moderator_id: int, today: date) -> dict[int, Counts]:
    """Per session; those without anything to count are left out."""
    questions = await _per_session(db, Question, moderator_id, Question.kind != Kind.PAUSE)
    actions = await _per_session(db, ActionItem, moderator_id)
    is_open = (col(ActionItem.done).is_(False), col(ActionItem.carried).is_(False))
    to_do = await _per_session(db, ActionItem, moderator_id, *is_open)
    overdue = await _per_session(db, ActionItem, moderator_id, *is_open, col(ActionItem.due) < today)
    ownerless = await _per_session(db, ActionItem, moderator_id, *is_open, ActionItem.owner == "")
    seats = await _per_session(db, Participant, moderator_id)
    voters = await _voters(db, moderator_id)
    return {
        number: Counts(
            questions.get(number, 0),
            actions.get(number, 0),
            max(seats.get(number, 0), voters.get(number, 0)),
            to_do.get(number, 0),
            overdue.get(number, 0),
            ownerless.get(number, 0),
        )
        for number in questions.keys() | actions.keys() | seats.keys()
    }


async def _voters(db: AsyncSession, moderator_id: int) -> dict[int, int]:
    """Per session how many voted where most did: all that is known of who was in one that came from an archive."""
    found = (
        select(Question.session_id, func.max(Round.ballots))
        .join(Round, col(Round.question_id) == Question.id)
        .where(col(Question.session_id).in_(led_by(moderator_id)), col(Round.ballots).is_not(None))
        .group_by(col(Question.session_id))
    )
    return {int(session): int(most or 0) for session, most in (await db.exec(found)).all()}


async def _per_session(db: AsyncSession, table: Any, moderator_id: int, *only: Any) -> dict[int, int]:
    found = (
        select(table.session_id, func.count())
        .where(table.session_id.in_(led_by(moderator_id)), *only)
        .group_by(table.session_id)
    )
    return {int(session): int(count) for session, count in (await db.exec(found)).all()}


async def whereabouts(db: AsyncSession, moderator_id: int) -> dict[int, tuple[int | None, str]]:
    """Per open session that has begun: the number of its question, None in a pause, and the phase of that."""
    found = (
        select(Question, ModerationSession.current_question_id)
        .join(ModerationSession, col(ModerationSession.id) == Question.session_id)
        .where(
            ModerationSession.status == Status.OPEN,
            col(ModerationSession.current_question_id).is_not(None),
            col(ModerationSession.id).in_(led_by(moderator_id)),
        )
        .order_by(col(Question.position), col(Question.id))
    )
    agendas: dict[int, list[Question]] = defaultdict(list)
    current: dict[int, int | None] = {}
    for question, now in (await db.exec(found)).all():
        agendas[question.session_id].append(question)
        current[question.session_id] = now
    return {
        session: (number, question.phase)
        for session, agenda in agendas.items()
        for number, question in numbered(agenda)
        if question.id == current[session]
    }


async def sharing(db: AsyncSession, moderator_id: int) -> dict[int, Sharing]:
    """Per session a moderator leads: whose it is and with whom it is shared, by name."""
    owners = (
        select(ModerationSession.id, Moderator.name)
        .join(Moderator, col(Moderator.id) == ModerationSession.moderator_id)
        .where(col(ModerationSession.id).in_(led_by(moderator_id)))
    )
    others = (
        select(CoModerator.session_id, Moderator.name)
        .join(Moderator, col(Moderator.id) == CoModerator.moderator_id)
        .where(col(CoModerator.session_id).in_(led_by(moderator_id)))
        .order_by(func.lower(Moderator.name), col(Moderator.id))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for session, name in (await db.exec(others)).all():
        names[session].append(name)
    return {
        int(session or 0): Sharing(owner, tuple(names.get(int(session or 0), ())))
        for session, owner in (await db.exec(owners)).all()
    }


async def co_moderators(db: AsyncSession, session_id: int) -> Sequence[Moderator]:
    """The accounts with which a session is shared, by name."""
    found = (
        select(Moderator)
        .join(CoModerator, col(CoModerator.moderator_id) == Moderator.id)
        .where(CoModerator.session_id == session_id)
    )
    return (await db.exec(found.order_by(func.lower(Moderator.name), col(Moderator.id)))).all()
