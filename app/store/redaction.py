"""What may be left out of a session before it is published: its statements, and what may quote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Phase, Status
from app.domain.redaction import Quote, Quoting, may_redact
from app.store import actions, questions, themes
from app.store.proposals import NOTHING
from app.store.sessions import led_by
from app.store.tables import ActionItem, BoardMove, ModerationSession, Question, Round, RoundTheme, Statement, Theme


def _within_reach(session: ModerationSession) -> tuple[Any, ...]:
    """The statements that can be left out now, hidden ones too."""
    phases = [phase for phase in Phase if may_redact(Status(session.status), phase)]
    return (
        Statement.question_id == Question.id,
        Question.session_id == session.id,
        col(Question.phase).in_(phases),
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
    )


async def statements_of(db: AsyncSession, session: ModerationSession) -> Sequence[Statement]:
    """All statements that can be left out, and those that were, in the order of the agenda and the board."""
    found = select(Statement).where(*_within_reach(session))
    order = (col(Question.position), col(Statement.rank), col(Statement.id))
    return (await db.exec(found.order_by(*order))).all()


async def one_of(db: AsyncSession, session: ModerationSession, statement_id: str) -> Statement | None:
    """One of them, unless it was left out already."""
    found = select(Statement).where(
        Statement.id == statement_id, col(Statement.redacted).is_(False), *_within_reach(session)
    )
    return (await db.exec(found)).first()


async def marked_in(db: AsyncSession, session: ModerationSession) -> Sequence[Statement]:
    """Those that a moderator marked, and that are not left out yet."""
    found = select(Statement).where(
        col(Statement.redaction_marked).is_(True), col(Statement.redacted).is_(False), *_within_reach(session)
    )
    return (await db.exec(found)).all()


async def count_left_out(db: AsyncSession, session: ModerationSession) -> int:
    """How many were left out."""
    found = select(func.count(col(Statement.id))).where(col(Statement.redacted).is_(True), *_within_reach(session))
    return (await db.exec(found)).one()


async def count_asked(db: AsyncSession, session: ModerationSession) -> int:
    """How many of which the writer asks for it."""
    found = select(func.count(col(Statement.id))).where(
        col(Statement.redaction_asked).is_(True), *_within_reach(session)
    )
    return (await db.exec(found)).one()


async def session_of_receipt(db: AsyncSession, receipt_hash: str, code: str) -> ModerationSession | None:
    """The session with this code, if the statement with this receipt was written in it: one query, so that its time
    tells nothing of a code."""
    found = (
        select(ModerationSession)
        .join(Question, col(Question.session_id) == ModerationSession.id)
        .join(Statement, col(Statement.question_id) == Question.id)
        .where(
            Statement.receipt_hash == receipt_hash,
            ModerationSession.code == code,
            col(ModerationSession.deleted_at).is_(None),
        )
    )
    return (await db.exec(found)).first()


async def overwrite(db: AsyncSession, ids: Iterable[str]) -> None:
    """Nothing is left of these statements' texts, nor of who wanted them left out."""
    gone = update(Statement).where(col(Statement.id).in_(list(ids)))
    nobody = {"redaction_asked": False, "redaction_marked": False, **NOTHING}
    await db.exec(gone.values(text="", redacted=True, **nobody))


async def texts_that_may_quote(db: AsyncSession, session_id: int) -> list[Quote]:
    """What moderators wrote: themes as they are called now and as they were voted on, action items, questions."""
    asked = [Quote(Quoting.QUESTION, int(one.id or 0), one.text) for one in await questions.of_session(db, session_id)]
    named = [Quote(Quoting.THEME, int(one.id or 0), one.name) for one in await themes.of_session(db, session_id)]
    named += [Quote(Quoting.THEME, one.theme_id, one.name) for one in await _voted_on(db, session_id)]
    agreed = [Quote(Quoting.ACTION, int(one.id or 0), one.text) for one in await actions.of_session(db, session_id)]
    return list(dict.fromkeys([*named, *agreed, *asked]))


async def _voted_on(db: AsyncSession, session_id: int) -> Sequence[RoundTheme]:
    found = (
        select(RoundTheme)
        .join(Round, col(Round.id) == RoundTheme.round_id)
        .join(Question, col(Question.id) == Round.question_id)
        .where(Question.session_id == session_id)
    )
    return (await db.exec(found.order_by(col(RoundTheme.round_id), col(RoundTheme.tie_order)))).all()


async def reword_theme(db: AsyncSession, theme_id: int, text: str) -> None:
    """Another name wherever the old one stands: on the board, in its votes, and in no history of the board any more."""
    named = select(Theme.question_id).where(Theme.id == theme_id)
    await db.exec(delete(BoardMove).where(col(BoardMove.question_id).in_(named)))
    await db.exec(update(Theme).where(col(Theme.id) == theme_id).values(name=text))
    await db.exec(update(RoundTheme).where(col(RoundTheme.theme_id) == theme_id).values(name=text))


async def gone_along(
    db: AsyncSession, session_id: int, moderator_id: int
) -> Sequence[tuple[ActionItem, ModerationSession, bool]]:
    """The same action items in other sessions, of earliest date first, and whether this moderator leads those."""
    own = select(ActionItem.uid).where(ActionItem.session_id == session_id)
    led = col(ModerationSession.id).in_(led_by(moderator_id))
    found = (
        select(ActionItem, ModerationSession, led)
        .join(ModerationSession, col(ModerationSession.id) == ActionItem.session_id)
        .where(col(ActionItem.uid).in_(own), ActionItem.session_id != session_id)
    )
    order = (col(ModerationSession.held_on), col(ModerationSession.id), col(ActionItem.id))
    return (await db.exec(found.order_by(*order))).all()


async def reword_action(db: AsyncSession, session_id: int, uid: str, old: str, text: str, seq: int) -> bool:
    """Another text for an action item of a session, by its name and the old text; False where it has none such."""
    same = (col(ActionItem.session_id) == session_id, col(ActionItem.uid) == uid, col(ActionItem.text) == old)
    changed = await db.exec(update(ActionItem).where(*same).values(text=text, changed_seq=seq))
    return bool(changed.rowcount)


async def reword_question(db: AsyncSession, question_id: int, text: str, seq: int) -> None:
    """Another text for a question."""
    await db.exec(update(Question).where(col(Question.id) == question_id).values(text=text, changed_seq=seq))
