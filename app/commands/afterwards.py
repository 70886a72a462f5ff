"""What a moderator may still put right when the session has ended: a typo in the name of a theme."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import check_unchanged
from app.domain.events import BoardMoved
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME
from app.store import questions, themes
from app.store.tables import ModerationSession


async def rename_theme(
    db: AsyncSession, session: ModerationSession, theme_id: int, name: str, seq: int, batches: OpenBatches
) -> Outcome:
    """Another name for a theme of an ended session; a vote keeps the name it was held under.

    No move on the board, which there is no more: it can be renamed back.
    """
    if session.status != Status.ENDED:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    own = await themes.of_session(db, int(session.id or 0))
    theme = next((theme for theme in own if theme.id == theme_id), None)
    question = await questions.by_id(db, int(session.id or 0), theme.question_id) if theme else None
    if theme is None or question is None:
        raise Refusal(Reason.THEME_UNKNOWN)
    check_unchanged(question.changed_seq, seq)
    kept = check_line(name, LONGEST_THEME_NAME)
    if kept == theme.name:
        return Outcome([], theme_id)
    theme.name, question.changed_seq = kept, session.seq
    return Outcome([BoardMoved(theme.question_id)], theme_id)
