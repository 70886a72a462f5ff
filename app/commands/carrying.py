"""What a group left to be done goes on in its next session."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.actions import is_same_group
from app.domain.events import ActionItemsChanged
from app.store import actions
from app.store.tables import ActionItem, ModerationSession


async def take_along(
    db: AsyncSession, session: ModerationSession, moderator_id: int, chosen: Collection[int], batches: OpenBatches
) -> Outcome:
    """Carry open action items of the group's earlier sessions into this one; the answer is how many there were.

    What is no longer open, of another group or of a session that this moderator doesn't lead is left where it is, so
    that a second press carries nothing twice. The item keeps its name in calendars; its theme stays behind.
    """
    taken = 0
    for item, home in await earlier(db, session, moderator_id):
        if item.id not in chosen:
            continue
        home.seq += 1
        item.carried, item.changed_seq = True, home.seq
        db.add(
            ActionItem(
                session_id=int(session.id or 0),
                text=item.text,
                owner=item.owner,
                due=item.due,
                uid=item.uid,
                changed_seq=session.seq,
            )
        )
        taken += 1
    await db.flush()
    return Outcome([ActionItemsChanged()] if taken else [], taken)


async def earlier(
    db: AsyncSession, session: ModerationSession, moderator_id: int
) -> list[tuple[ActionItem, ModerationSession]]:
    """What the group of a session still has to do from its ended ones, as far as this moderator leads them."""
    found = await actions.open_elsewhere(db, int(session.id or 0), moderator_id)
    return [(item, home) for item, home in found if is_same_group(home.group_name, session.group_name)]
