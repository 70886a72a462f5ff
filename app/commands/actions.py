"""Action items: noted, changed, removed."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import check_unchanged
from app.domain.actions import ActionFields, check_action
from app.domain.events import ActionItemsChanged
from app.domain.refusals import Reason, Refusal
from app.store import actions, themes
from app.store.tables import ActionItem, ModerationSession


async def add(db: AsyncSession, session: ModerationSession, fields: ActionFields, batches: OpenBatches) -> Outcome:
    """Note an action item; the answer is its id."""
    checked = check_action(fields)
    await _check_theme(db, session, checked)
    item = ActionItem(session_id=int(session.id or 0), text=checked.text, changed_seq=session.seq)
    _write(item, checked)
    db.add(item)
    await db.flush()
    return Outcome([ActionItemsChanged()], item.id)


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


async def _own(db: AsyncSession, session: ModerationSession, action_id: int) -> ActionItem:
    item = await actions.by_id(db, int(session.id or 0), action_id)
    if item is None:
        raise Refusal(Reason.ACTION_ITEM_UNKNOWN)
    return item


async def _check_theme(db: AsyncSession, session: ModerationSession, fields: ActionFields) -> None:
    own = {theme.id for theme in await themes.of_session(db, int(session.id or 0))}
    if fields.theme_id is not None and fields.theme_id not in own:
        raise Refusal(Reason.THEME_UNKNOWN)
