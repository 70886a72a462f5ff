"""Leaving statements out for good: asked for by their writers, marked and confirmed by who leads."""

from __future__ import annotations

import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain import anonymity
from app.domain.actions import LONGEST_ACTION
from app.domain.agenda import LONGEST_QUESTION
from app.domain.events import StatementsRedacted
from app.domain.person_hints import hints_in, words_of_names
from app.domain.phases import Status
from app.domain.redaction import Quote, Quoting, check_may_ask, fingerprint, quotes, telling_parts
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME
from app.store import people, redaction, statements
from app.store.tables import ModerationSession

LONGEST = {
    Quoting.THEME: LONGEST_THEME_NAME,
    Quoting.ACTION: LONGEST_ACTION,
    Quoting.QUESTION: LONGEST_QUESTION,
}


async def ask(db: AsyncSession, session: ModerationSession, receipt: str, batches: OpenBatches) -> Outcome:
    """The device that wrote a statement asks for it to be left out; asked again it changes nothing.

    The answer is `asked`, or `left_out` when it is already, or was taken back. Tells no screen, since the moment at
    which one changes would tell of who touched a phone then. Raises Refusal a day after the end, when receipts go.
    """
    check_may_ask(Status(session.status), session.ended_at, time.time())
    receipt_hash = anonymity.hash_receipt(receipt)
    statement = (await statements.by_receipts(db, [receipt_hash])).get(receipt_hash)
    if statement is None:
        raise Refusal(Reason.REDACTION_OVER)
    if statement.redacted or statement.retracted:
        return Outcome(answer={"status": "left_out"})
    statement.redaction_asked = True
    return Outcome(answer={"status": "asked"})


async def mark(
    db: AsyncSession, session: ModerationSession, statement_id: str, marked: bool, batches: OpenBatches
) -> Outcome:
    """Mark a statement to be left out, or take the mark away. Raises Refusal for one that can't be left out now."""
    statement = await redaction.one_of(db, session, statement_id)
    if statement is None:
        raise Refusal(Reason.STATEMENT_UNKNOWN)
    statement.redaction_marked = marked
    return Outcome(answer=statement_id)


async def redact(
    db: AsyncSession, session: ModerationSession, seen: str, confirmed: str, batches: OpenBatches
) -> Outcome:
    """Overwrite the text of all marked statements, in the rows and then on the disk; nothing brings it back.

    `seen` is the fingerprint of those that were marked when the page was drawn. The answer is how many they are.
    Raises Refusal without any, or when others are marked meanwhile; ConfirmationNeeded with their number first.
    """
    marked = await redaction.marked_in(db, session)
    if not marked:
        raise Refusal(Reason.NOTHING_MARKED)
    if seen != fingerprint(statement.id for statement in marked):
        raise Refusal(Reason.PAGE_IS_STALE)
    if confirmed != "redact":
        raise ConfirmationNeeded("redact", len(marked), quoted=len(await quoting(db, session)))
    await redaction.overwrite(db, [statement.id for statement in marked])
    return Outcome([StatementsRedacted()], len(marked), wipes_order=True)


async def quoting(db: AsyncSession, session: ModerationSession) -> list[Quote]:
    """The themes, action items and questions that have something of a marked statement."""
    listed = words_of_names(person.name for person in await people.attendees(db, int(session.id or 0)))
    marked = [one.text for one in await redaction.marked_in(db, session)]
    parts = {part for said in marked for part in telling_parts(said, hints_in(said, listed))}
    texts = await redaction.texts_that_may_quote(db, int(session.id or 0))
    return [one for one in texts if quotes(one.text, parts)]


async def reword(db: AsyncSession, session: ModerationSession, old: Quote, text: str, batches: OpenBatches) -> Outcome:
    """Another text for a theme, action item or question that quotes a marked statement; it stays nowhere.

    `old` is what the page showed. Raises Refusal when it is not there any more, and as `check_line` does.
    """
    if old not in await quoting(db, session):
        raise Refusal(Reason.PAGE_IS_STALE)
    kept = check_line(text, LONGEST[old.kind])
    if old.kind is Quoting.THEME:
        await redaction.reword_theme(db, old.id, kept)
    elif old.kind is Quoting.ACTION:
        await redaction.reword_action(db, old.id, kept, session.seq)
    else:
        await redaction.reword_question(db, old.id, kept, session.seq)
    return Outcome([StatementsRedacted()], wipes_order=True)
