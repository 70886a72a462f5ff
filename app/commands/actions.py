"""Action items: noted, made of answers, changed, done or opened again, removed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import check_unchanged
from app.domain.actions import ActionFields, ActionStatus, answers_are_in, check_action, not_listed
from app.domain.events import ActionItemsChanged
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.store import actions, questions, statements, themes
from app.store.tables import ActionItem, ModerationSession, Statement


async def add(db: AsyncSession, session: ModerationSession, fields: ActionFields, batches: OpenBatches) -> Outcome:
    """Note an action item; the answer is its id."""
    checked = check_action(fields)
    await _check_theme(db, session, checked)
    item = ActionItem(session_id=int(session.id or 0), text=checked.text, changed_seq=session.seq)
    _write(item, checked)
    db.add(item)
    await db.flush()
    return Outcome([ActionItemsChanged()], item.id)


async def add_answers(
    db: AsyncSession, session: ModerationSession, chosen: Sequence[str], batches: OpenBatches
) -> Outcome:
    """Make action items of answers, each with its words and its theme; the answer is how many were made.

    An answer whose very words are on the list already makes none. An item has the words only: nothing in it points
    to the statement. Raises Refusal for none, for one that isn't shown here, or while its question still goes on.
    """
    if not chosen:
        raise Refusal(Reason.NO_STATEMENTS_CHOSEN)
    found = await _answers(db, session, chosen)
    listed = {item.text for item in await actions.of_session(db, int(session.id or 0))}
    theme_of = {answer.text.strip(): answer.theme_id for answer in reversed(found)}
    made = not_listed([answer.text.strip() for answer in found], listed)
    for text in made:
        checked = check_action(ActionFields(text, theme_of[text]))
        item = ActionItem(session_id=int(session.id or 0), text=checked.text, changed_seq=session.seq)
        _write(item, checked)
        db.add(item)
    await db.flush()
    return Outcome([ActionItemsChanged()] if made else [], len(made))


async def _answers(db: AsyncSession, session: ModerationSession, chosen: Sequence[str]) -> list[Statement]:
    """The chosen statements in board order, those that were left out on request not among them."""
    found = [one for one in await statements.released_by_ids(db, set(chosen)) if not one.redacted]
    if {one.id for one in found} != set(chosen):
        raise Refusal(Reason.STATEMENT_UNKNOWN)
    for question_id in {one.question_id for one in found}:
        question = await questions.by_id(db, int(session.id or 0), question_id)
        if question is None:
            raise Refusal(Reason.STATEMENT_UNKNOWN)
        if not answers_are_in(Phase(question.phase), Status(session.status)):
            raise Refusal(Reason.NOT_IN_THIS_PHASE)
    return found


async def set_status(
    db: AsyncSession, session: ModerationSession, action_id: int, status: ActionStatus, batches: OpenBatches
) -> Outcome:
    """An action item is done, or open again. Doing it twice changes nothing."""
    item = await _own(db, session, action_id)
    is_done = status == ActionStatus.DONE
    if (item.done, item.carried) == (is_done, False):
        return Outcome([], action_id)
    item.done, item.carried, item.changed_seq = is_done, False, session.seq
    return Outcome([ActionItemsChanged()], action_id)


async def change(
    db: AsyncSession,
    session: ModerationSession,
    action_id: int,
    fields: ActionFields,
    seq: int,
    batches: OpenBatches,
) -> Outcome:
    """New fields for an action item."""
    item = await _own(db, session, action_id)
    check_unchanged(item.changed_seq, seq)
    checked = check_action(fields)
    await _check_theme(db, session, checked)
    _write(item, checked)
    item.changed_seq = session.seq
    return Outcome([ActionItemsChanged()], action_id)


async def remove(
    db: AsyncSession, session: ModerationSession, action_id: int, seq: int, batches: OpenBatches
) -> Outcome:
    """Take an action item off the list."""
    item = await _own(db, session, action_id)
    check_unchanged(item.changed_seq, seq)
    await db.delete(item)
    return Outcome([ActionItemsChanged()])


def _write(item: ActionItem, fields: ActionFields) -> None:
    item.text, item.theme_id, item.owner = fields.text, fields.theme_id, fields.owner
    item.due, item.done = fields.due, fields.done
    item.carried = item.carried and not fields.done


async def _own(db: AsyncSession, session: ModerationSession, action_id: int) -> ActionItem:
    item = await actions.by_id(db, int(session.id or 0), action_id)
    if item is None:
        raise Refusal(Reason.ACTION_ITEM_UNKNOWN)
    return item


async def _check_theme(db: AsyncSession, session: ModerationSession, fields: ActionFields) -> None:
    own = {theme.id for theme in await themes.of_session(db, int(session.id or 0))}
    if fields.theme_id is not None and fields.theme_id not in own:
        raise Refusal(Reason.THEME_UNKNOWN)
