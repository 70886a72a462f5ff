"""Changes to the agenda while people are in it: a question in between, a typo, an item passed over or cut short."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import agenda, phases, proposals, releases
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, check_not_ended, check_open, check_unchanged, question_on
from app.domain.agenda import LONGEST_QUESTION, QuestionSettings, may_change_text, numbered
from app.domain.events import AgendaChanged, Event, PhaseChanged
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.statements import check_line
from app.domain.turns import may_cut_short, may_pass_over, place_between
from app.store import questions
from app.store import statements as stored
from app.store.tables import ModerationSession, Question


async def add_between(
    db: AsyncSession, session: ModerationSession, page: Page, settings: QuestionSettings, batches: OpenBatches
) -> Outcome:
    """An unplanned question, right behind the current item; the answer is the number it got.

    Raises Refusal when the place is taken since the page was drawn, so that a second press makes no second question.
    """
    check_open(session)
    if page.question_id != session.current_question_id:
        raise Refusal(Reason.PAGE_IS_STALE)
    order = list(await questions.of_session(db, int(session.id or 0)))
    here = next((place for place, item in enumerate(order) if item.id == page.question_id), None)
    place = place_between(order, here)
    for queued in order[place : place + 1]:
        check_unchanged(queued.changed_seq, page.seq)
    made = (await agenda.add_question(db, session, settings)).answer
    added = next(item for item in await questions.of_session(db, int(session.id or 0)) if item.id == made)
    order.insert(place, added)
    await agenda.renumber(db, order)
    return Outcome([AgendaChanged()], next(number for number, item in numbered(order) if item is added))


async def correct_text(
    db: AsyncSession, session: ModerationSession, page: Page, text: str, batches: OpenBatches
) -> Outcome:
    """The text of the current question, for as long as nobody has answered it. Raises Refusal after that."""
    question = await question_on(db, session, page)
    check_unchanged(question.changed_seq, page.seq)
    if not may_change_text(Phase(question.phase), await stored.any_for(db, int(question.id or 0))):
        raise Refusal(Reason.QUESTION_IS_ANSWERED)
    question.text, question.changed_seq = check_line(text, LONGEST_QUESTION), session.seq
    return Outcome([AgendaChanged()])


async def pass_over(
    db: AsyncSession, session: ModerationSession, question_id: int, skipped: bool, seq: int, batches: OpenBatches
) -> Outcome:
    """Mark an item that has not had its turn to be passed over, or to be asked after all."""
    check_not_ended(session)
    question = await agenda.own(db, session, question_id)
    check_unchanged(question.changed_seq, seq)
    if not may_pass_over(Phase(question.phase)):
        raise Refusal(Reason.QUESTION_HAD_ITS_TURN)
    question.skipped, question.changed_seq = skipped, session.seq
    return Outcome([AgendaChanged()])


async def cut_short(
    db: AsyncSession, session: ModerationSession, page: Page, confirmed: str, batches: OpenBatches
) -> Outcome:
    """Skip the rest of the current question: what was written is kept and shown, and an open vote is dropped.

    Raises ConfirmationNeeded until confirmed, with the number of statements and, out of a vote, of those who voted.
    """
    question = await question_on(db, session, page)
    if not may_cut_short(Phase(question.phase)):
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    if confirmed != "skip":
        kept = (await stored.counts(db, int(question.id or 0))).all
        raise ConfirmationNeeded("skip", kept, dropped=await _voters(db, question))
    events: Sequence[Event] = []
    if question.phase == Phase.COLLECT:
        events = await phases.close_collecting(db, session, question, batches)
    else:
        events = await releases.release(db, question, batches)
    await proposals.forget_last(db, int(question.id or 0), batches)
    await phases.drop_open_round(db, question)
    phases.enter(question, Phase.RESULT)
    return Outcome([*events, PhaseChanged(int(question.id or 0))], wipes_order=True)


async def _voters(db: AsyncSession, question: Question) -> int | None:
    """How many have voted in the open vote; None while there is no vote."""
    if question.phase != Phase.VOTE:
        return None
    return await phases.voters(db, question)
