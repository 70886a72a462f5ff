"""Taking a statement back before it has come: of two requests on a bad line, the later one may be the quicker."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_revision
from app.store import questions
from app.store.tables import ModerationSession, Statement, random_key


async def leave_one(
    db: AsyncSession,
    session: ModerationSession,
    batches: OpenBatches,
    participant: str,
    receipt_hash: str,
    **asked: int,
) -> Statement:
    """A tombstone for a receipt nobody has seen, so that its statement does not come any more.

    `asked` are the question_id and the revision. Raises Refusal when there is no such question, when nobody can
    have written on it yet (its first statement fixes its settings), or when they come faster than statements may.
    """
    revision = check_revision(asked["revision"])
    question = await questions.by_id(db, int(session.id or 0), asked["question_id"])
    if question is None or question.phase == Phase.WAITING or session.status != Status.OPEN:
        raise Refusal(Reason.RECEIPT_UNKNOWN)
    batches.pens.blot(asked["question_id"], participant, batches.clock())
    tombstone = Statement(
        id=random_key(),
        question_id=asked["question_id"],
        text="",
        retracted=True,
        revision=revision,
        receipt_hash=receipt_hash,
    )
    db.add(tombstone)
    return tombstone
