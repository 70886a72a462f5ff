"""Points counted on paper or by raised hands: entered after the close of a vote, changed, taken away again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.events import HandCountsChanged
from app.domain.hand_counts import Entry, changes
from app.domain.phases import Phase, Status
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import hand_counts, questions
from app.store.tables import ModerationSession, Round

REPLACE = "replace_count"


async def enter(
    db: AsyncSession,
    session: ModerationSession,
    round_id: int,
    entries: Sequence[Entry],
    confirmed: str,
    batches: OpenBatches,
) -> Outcome:
    """Points per theme beside the tally of a closed vote; entering again is the undo. The answer: whether any changed.

    Only of the last vote on the question that is in its result, or of any question once the session has ended.
    Raises Refusal before the close and on a page that shows another vote, ConfirmationNeeded where a colleague has
    counted the same theme meanwhile: it says what stands.
    """
    vote = await _counted_round(db, session, round_id)
    themes = {theme.theme_id: theme.name for theme in await questions.themes_of_round(db, round_id)}
    changed, recounted = changes(entries, await hand_counts.of_round(db, round_id), themes)
    if recounted and confirmed != REPLACE:
        raise ConfirmationNeeded(REPLACE, len(recounted), recounted=recounted)
    if not changed:
        return Outcome([], False)
    await hand_counts.change(db, round_id, changed)
    return Outcome([HandCountsChanged(vote.question_id)], True)


async def _counted_round(db: AsyncSession, session: ModerationSession, round_id: int) -> Round:
    """The vote that hands are counted for. Raises Refusal when that can't be done (any more)."""
    vote = await questions.round_by_id(db, int(session.id or 0), round_id)
    if vote is None:
        raise Refusal(Reason.PAGE_IS_STALE)
    if not vote.closed:
        raise Refusal(Reason.HAND_COUNT_TOO_EARLY)
    last = await questions.last_round(db, vote.question_id)
    if last is None or last.id != round_id:
        raise Refusal(Reason.PAGE_IS_STALE)
    if session.status == Status.ENDED:
        return vote
    question = await questions.by_id(db, int(session.id or 0), vote.question_id)
    if question is None or session.current_question_id != question.id or question.phase != Phase.RESULT:
        raise Refusal(Reason.PAGE_IS_STALE)
    return vote
