"""Leaving statements out for good: asked for by their writers, marked and confirmed by who leads."""

from __future__ import annotations

import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain import anonymity
from app.domain.actions import LONGEST_ACTION
from app.domain.agenda import LONGEST_QUESTION
from app.domain.events import ActionItemsChanged, StatementsRedacted
from app.domain.person_hints import hints_in, words_of_names
from app.domain.phases import Status
from app.domain.redaction import Copies, Quote, Quoted, Quoting, check_may_ask, fingerprint, quotes, telling_parts
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME
from app.store import actions, history, people, proposals, redaction, statements
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
        raise ConfirmationNeeded("redact", len(marked), quoted=(await quoting(db, session, moderator_id)).count)
    await _forget_unlisted(db, session)
    await redaction.overwrite(db, [statement.id for statement in marked])
    return Outcome([StatementsRedacted()], len(marked), wipes_order=True)


async def quoting(db: AsyncSession, session: ModerationSession, moderator_id: int) -> Quoted:
    """The themes, action items and questions that have something of a marked statement, also where an action item
    went along to another session: to be reworded as far as this moderator leads that one, else only counted."""
    parts = await _telling_parts(db, session)
    texts = await redaction.texts_that_may_quote(db, int(session.id or 0))
    here = [one for one in texts if quotes(one.text, parts)]
    known = {(item.uid, item.text) for item in await actions.of_session(db, int(session.id or 0))}
    beyond = 0
    for item, home, is_led in await redaction.gone_along(db, int(session.id or 0), moderator_id):
        if not quotes(item.text, parts):
            continue
        if not is_led:
            beyond += 1
        elif (item.uid, item.text) not in known:
            # One that reads the same is reworded together with the one that is named already.
            known.add((item.uid, item.text))
            here.append(Quote(Quoting.ACTION, int(item.id or 0), item.text, home.held_on))
    return Quoted(tuple(here), beyond)


async def _telling_parts(db: AsyncSession, session: ModerationSession) -> set[str]:
    listed = words_of_names(person.name for person in await people.attendees(db, int(session.id or 0)))
    marked = [one.text for one in await redaction.marked_in(db, session)]
    return {part for said in marked for part in telling_parts(said, hints_in(said, listed))}


async def _forget_unlisted(db: AsyncSession, session: ModerationSession) -> None:
    """What quotes a marked statement and stands in no list to be reworded: names that themes had before they were
    renamed or removed, which undo would bring back, and names that participants propose for other statements."""
    parts, session_id = await _telling_parts(db, session), int(session.id or 0)
    for question_id, names in (await history.names_in(db, session_id)).items():
        if any(quotes(name, parts) for name in names):
            await history.forget(db, question_id)
    proposed = await proposals.names_in(db, session_id)
    await proposals.forget_all(db, [statement_id for statement_id, name in proposed if quotes(name, parts)])


async def reword(
    db: AsyncSession, session: ModerationSession, moderator_id: int, old: Quote, text: str, batches: OpenBatches
) -> Outcome:
    """Another text for a theme, action item or question that quotes a marked statement; it stays nowhere.

    `old` is what the page showed. The answer is None, or of an action item in which other sessions it stands, too, for
    `reword_copies`. Raises Refusal when it is not there any more, and as `check_line` does.
    """
    if old not in (await quoting(db, session, moderator_id)).here:
        raise Refusal(Reason.PAGE_IS_STALE)
    kept = check_line(text, LONGEST[old.kind])
    copies = None
    if old.kind is Quoting.THEME:
        await redaction.reword_theme(db, old.id, kept)
    elif old.kind is Quoting.ACTION:
        copies = await _reword_action(db, session, moderator_id, old, kept)
    else:
        await redaction.reword_question(db, old.id, kept, session.seq)
    return Outcome([StatementsRedacted()], copies, wipes_order=True)


async def reword_copies(
    db: AsyncSession, session: ModerationSession, uid: str, old: str, text: str, batches: OpenBatches
) -> Outcome:
    """The same in a session to which an action item went along; one that reads otherwise by now is left as it is."""
    kept = check_line(text, LONGEST_ACTION)
    changed = await redaction.reword_action(db, int(session.id or 0), uid, old, kept, session.seq)
    return Outcome([ActionItemsChanged(), StatementsRedacted()] if changed else [], wipes_order=changed)


async def _reword_action(
    db: AsyncSession, session: ModerationSession, moderator_id: int, old: Quote, kept: str
) -> Copies:
    session_id = int(session.id or 0)
    own = [(item, session_id) for item in await actions.of_session(db, session_id)]
    along = await redaction.gone_along(db, session_id, moderator_id)
    led = [(item, int(home.id or 0)) for item, home, is_led in along if is_led]
    uid = next(item.uid for item, _ in own + led if item.id == old.id)
    await redaction.reword_action(db, session_id, uid, old.text, kept, session.seq)
    same = (home for item, home in led if (item.uid, item.text) == (uid, old.text))
    return Copies(uid, tuple(dict.fromkeys(same)))
