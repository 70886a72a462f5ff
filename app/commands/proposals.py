"""Proposals of participants: taken on a statement's receipt, shown in mixed batches, ignored; and their switch.

Taking one over is a move on the board (`themes.put`, `themes.create`), which is undone like any other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, grouping_on
from app.commands.releases import CHANCE
from app.domain import anonymity
from app.domain.events import ProposalsChanged, ProposalsSwitched
from app.domain.phases import Phase, Status
from app.domain.proposals import Proposed, Standing, check_may_propose, check_proposed, last_batch
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_revision
from app.store import proposals as stored
from app.store import questions, statements, themes
from app.store.tables import ModerationSession, Question, Statement


async def propose(
    db: AsyncSession,
    session: ModerationSession,
    participant: str,
    receipt: str,
    revision: int,
    batches: OpenBatches,
    theme_id: int | None = None,
    name: str | None = None,
) -> Outcome:
    """Say under which theme one's own statement belongs, or (neither theme nor name) take that back.

    Whoever holds the statement's receipt may; `participant` (the seat's hash) only counts, in memory, how many
    different people are in the open batch and how fast they come. The answer is a dictionary with status `stored`, or
    `stands` for a resend or an older one, and the revision that stands. Raises Refusal.
    """
    statement, question = await _own(db, session, receipt)
    batches.pens.change(statement.question_id, participant, batches.clock())
    if check_revision(revision) <= statement.proposal_revision:
        return Outcome([], {"status": "stands", "revision": statement.proposal_revision})
    is_current = session.current_question_id == question.id
    check_may_propose(Status(session.status), is_current, question.takes_proposals, Phase(question.phase))
    there = {int(theme.id or 0) for theme in await themes.of_question(db, statement.question_id)}
    proposed = check_proposed(theme_id, name, there)
    statement.proposal_revision = revision
    events: list[ProposalsChanged] = []
    if proposed != Proposed(statement.proposed_theme_id, statement.proposed_name):
        # What was shown goes at once: it is not what its writer thinks any more.
        events = [ProposalsChanged(statement.question_id)] if statement.proposal == Standing.SHOWN else []
        await _lay_in(db, question, statement, proposed, participant, batches)
    await db.flush()
    if anonymity.may_release(batches.proposals.participants(statement.question_id)):
        events = await _show(db, statement.question_id, batches)
    return Outcome(events, {"status": "stored", "revision": revision})


async def _own(db: AsyncSession, session: ModerationSession, receipt: str) -> tuple[Statement, Question]:
    """The statement with this receipt, of a question of this session. Raises Refusal when there is none."""
    receipt_hash = anonymity.hash_receipt(receipt)
    statement = (await statements.by_receipts(db, [receipt_hash])).get(receipt_hash)
    question = await questions.by_id(db, int(session.id or 0), statement.question_id) if statement else None
    if statement is None or question is None or statement.retracted:
        raise Refusal(Reason.RECEIPT_UNKNOWN)
    return statement, question


async def _lay_in(
    db: AsyncSession,
    question: Question,
    statement: Statement,
    proposed: Proposed,
    participant: str,
    batches: OpenBatches,
) -> None:
    """Into the open batch, or out of it where nothing is proposed any more."""
    if proposed.is_nothing:
        stored.write(statement, proposed, Standing.NONE)
        batches.proposals.remove(statement.question_id, statement.id)
    else:
        stored.write(statement, proposed, Standing.WAITING)
        batches.proposals.add(question.session_id, statement.question_id, statement.id, participant)
    db.add(statement)


async def _show(
    db: AsyncSession, question_id: int, batches: OpenBatches, only: Sequence[str] | None = None
) -> list[ProposalsChanged]:
    """Show all that waits, or only these statements' proposals."""
    if only is None:
        batches.proposals.close(question_id)
    for key in only or ():
        batches.proposals.remove(question_id, key)
    return [ProposalsChanged(question_id)] if await stored.show_waiting(db, question_id, only) else []


async def show_last(db: AsyncSession, question: Question, batches: OpenBatches) -> list[ProposalsChanged]:
    """Grouping is about to end: what may be shown of the open batch is shown (`domain.proposals.last_batch`)."""
    question_id = int(question.id or 0)
    waiting = batches.proposals.participants(question_id)
    shown = last_batch(waiting, question.last_proposals_shown, CHANCE)
    if not shown:
        return []
    question.last_proposals_shown = True
    await db.flush()
    return await _show(db, question_id, batches, None if anonymity.may_release(waiting) else shown)


async def forget_last(db: AsyncSession, question_id: int, batches: OpenBatches) -> None:
    """Grouping is over: what was not shown goes, and who it is of.

    Those that would still wait are of two people at most, so that whoever reads the database or a backup of it could
    tell which statements are of one hand.
    """
    batches.proposals.close(question_id)
    await db.flush()
    await stored.forget_waiting(db, question_id)


async def ignore(
    db: AsyncSession, session: ModerationSession, page: Page, chosen: Sequence[str], batches: OpenBatches
) -> Outcome:
    """Put the proposals for these statements aside, until their writers propose something else."""
    question_id = int((await grouping_on(db, session, page)).id or 0)
    if not chosen:
        raise Refusal(Reason.NO_STATEMENTS_CHOSEN)
    ignored = await stored.set_standing(db, question_id, chosen, Standing.IGNORED, was=Standing.SHOWN)
    return Outcome([ProposalsChanged(question_id)] if ignored else [])


async def restore(db: AsyncSession, session: ModerationSession, page: Page, batches: OpenBatches) -> Outcome:
    """Show again what was ignored."""
    question_id = int((await grouping_on(db, session, page)).id or 0)
    restored = await stored.restore_ignored(db, question_id)
    return Outcome([ProposalsChanged(question_id)] if restored else [])


async def switch(
    db: AsyncSession, session: ModerationSession, page: Page, taken: bool, batches: OpenBatches
) -> Outcome:
    """Whether participants may propose while this question is grouped; what they did stays."""
    question = await grouping_on(db, session, page)
    question.takes_proposals = taken
    return Outcome([ProposalsSwitched(int(question.id or 0))])
