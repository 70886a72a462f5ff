"""Redacting statements, for good: asked for by their writers, marked and confirmed by who leads."""

from __future__ import annotations

import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import quoting
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain import anonymity
from app.domain.events import StatementsRedacted
from app.domain.phases import Status
from app.domain.redaction import check_may_ask, fingerprint
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import redaction, statements
from app.store.tables import ModerationSession


async def ask(db: AsyncSession, session: ModerationSession, receipt: str, batches: OpenBatches) -> Outcome:
    """The device that wrote a statement asks for it to be redacted; asked again it changes nothing.

    The answer is `asked`, or `redacted` when it is already, or was taken back. Tells no screen, since the moment at
    which one changes would tell of who touched a phone then. Raises Refusal a day after the end, when receipts go.
    """
    check_may_ask(Status(session.status), session.ended_at, time.time())
    receipt_hash = anonymity.hash_receipt(receipt)
    statement = (await statements.by_receipts(db, [receipt_hash])).get(receipt_hash)
    if statement is None:
        raise Refusal(Reason.REDACTION_OVER)
    if statement.redacted or statement.retracted:
        return Outcome(answer={"status": "redacted"})
    statement.redaction_asked = True
    return Outcome(answer={"status": "asked"})


async def mark(
    db: AsyncSession, session: ModerationSession, statement_id: str, marked: bool, batches: OpenBatches
) -> Outcome:
    """Mark a statement to be redacted, or take the mark away. Raises Refusal for one that can't be redacted now."""
    statement = await redaction.one_of(db, session, statement_id)
    if statement is None:
        raise Refusal(Reason.STATEMENT_UNKNOWN)
    statement.redaction_marked = marked
    return Outcome(answer=statement_id)


async def redact(
    db: AsyncSession, session: ModerationSession, moderator_id: int, seen: str, confirmed: str, batches: OpenBatches
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
        raise ConfirmationNeeded("redact", len(marked), quoted=(await quoting.find(db, session, moderator_id)).count)
    await quoting.forget_unlisted(db, session)
    await redaction.overwrite(db, [statement.id for statement in marked])
    return Outcome([StatementsRedacted()], len(marked), wipes_order=True)
