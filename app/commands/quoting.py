"""What else repeats a statement that is redacted: found, and reworded where somebody chooses so; nothing by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.domain.actions import LONGEST_ACTION
from app.domain.agenda import LONGEST_NAME, LONGEST_QUESTION
from app.domain.events import ActionItemsChanged, StatementsRedacted
from app.domain.person_hints import words_of_names
from app.domain.quoting import Copies, Quote, Quoted, Quoting, telling_of
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME
from app.store import actions, history, people, proposals, redaction
from app.store import quoting as stored
from app.store.tables import ActionItem, ModerationSession

LONGEST = {
    Quoting.THEME: LONGEST_THEME_NAME,
    Quoting.ACTION: LONGEST_ACTION,
    Quoting.QUESTION: LONGEST_QUESTION,
    Quoting.TITLE: LONGEST_NAME,
    Quoting.GROUP: LONGEST_NAME,
    Quoting.TEMPLATE: LONGEST_NAME,
    Quoting.TEMPLATE_QUESTION: LONGEST_QUESTION,
    Quoting.TEMPLATE_THEME: LONGEST_THEME_NAME,
}
IN_TEMPLATES = (Quoting.TEMPLATE, Quoting.TEMPLATE_QUESTION, Quoting.TEMPLATE_THEME)


async def find(db: AsyncSession, session: ModerationSession, moderator_id: int) -> Quoted:
    """What has something of a marked statement: in this session, in other sessions and templates of this moderator,
    and in action items that went along to sessions of others, which are only counted."""
    said = await _marked(db, session)
    if not said:
        return Quoted()
    texts = await stored.texts_here(db, session)
    texts += await stored.texts_elsewhere(db, session, moderator_id)
    texts += await stored.texts_of_templates(db, moderator_id)
    along, beyond = await _gone_along(db, session, moderator_id)
    unmarked = await redaction.unmarked_texts(db, session)
    same = await stored.same_elsewhere(db, session, moderator_id, said)
    listed = await _listed(db, session)

    def search() -> Quoted:
        telling = telling_of(said, listed)
        return Quoted(
            here=tuple(one for one in texts + along if telling.is_in(one.text)),
            beyond=sum(telling.is_in(text) for text in beyond),
            statements=sum(telling.is_in(text) for text in unmarked),
            same=tuple(same),
        )

    # Thousands of texts are read: beside what everybody else waits for.
    return await asyncio.to_thread(search)


async def _marked(db: AsyncSession, session: ModerationSession) -> list[str]:
    return [one.text for one in await redaction.marked_in(db, session)]


async def _listed(db: AsyncSession, session: ModerationSession) -> frozenset[str]:
    return words_of_names(person.name for person in await people.attendees(db, int(session.id or 0)))


async def _gone_along(db: AsyncSession, session: ModerationSession, moderator_id: int) -> tuple[list[Quote], list[str]]:
    """The action items that went along and read otherwise there, and the texts of those out of reach. One that reads
    the same is reworded together with the one of this session."""
    known = {(item.uid, item.text) for item in await actions.of_session(db, int(session.id or 0))}
    within: list[Quote] = []
    beyond: list[str] = []
    for item, home, is_led in await stored.gone_along(db, int(session.id or 0), moderator_id):
        if not is_led:
            beyond.append(item.text)
        elif (item.uid, item.text) not in known:
            known.add((item.uid, item.text))
            within.append(Quote(Quoting.ACTION, int(item.id or 0), item.text, home.held_on, where=home.title))
    return within, beyond


async def forget_unlisted(db: AsyncSession, session: ModerationSession) -> None:
    """What quotes a marked statement and stands in no list to be reworded goes: names that themes had before they were
    renamed or removed, which undo would bring back, and names that participants propose for other statements."""
    session_id, said, listed = int(session.id or 0), await _marked(db, session), await _listed(db, session)
    names_by_question = await history.names_in(db, session_id)
    proposed = await proposals.names_in(db, session_id)

    def search() -> tuple[list[int], list[str]]:
        telling = telling_of(said, listed)
        boards = [board for board, names in names_by_question.items() if any(map(telling.is_in, names))]
        return boards, [statement_id for statement_id, name in proposed if telling.is_in(name)]

    boards, quoting = await asyncio.to_thread(search)
    for question_id in boards:
        await history.forget(db, question_id)
    await proposals.forget_all(db, quoting)


async def reword(
    db: AsyncSession, session: ModerationSession, moderator_id: int, old: Quote, text: str, batches: OpenBatches
) -> Outcome:
    """Another text for what quotes a marked statement; the old one stays nowhere.

    `old` is what the page showed. What stands in another session is only judged here: `reword_there` does it. The
    answer is None, or of an action item in which other sessions it stands, too, for `reword_copies`. Raises Refusal
    when it is not there any more, and as `check_line` does.
    """
    found = next((one for one in (await find(db, session, moderator_id)).here if one == old), None)
    if found is None or not found.can_be_reworded:
        raise Refusal(Reason.PAGE_IS_STALE)
    kept = check_line(text, LONGEST[old.kind])
    copies = None
    if old.session is not None:
        return Outcome()
    if old.kind in IN_TEMPLATES:
        await stored.reword_template(db, old, kept)
    elif old.kind is Quoting.ACTION:
        copies = await _reword_action(db, session, moderator_id, old, kept)
    else:
        await _reword(db, session, old, kept)
    return Outcome([StatementsRedacted()], copies, wipes_order=True)


async def reword_there(
    db: AsyncSession, session: ModerationSession, old: Quote, text: str, batches: OpenBatches
) -> Outcome:
    """The same in the other session in which it stands; what reads otherwise by now is left as it is."""
    kept = check_line(text, LONGEST[old.kind])
    if replace(old, session=None) not in await stored.texts_here(db, session):
        return Outcome()
    await _reword(db, session, old, kept)
    return Outcome([StatementsRedacted()], wipes_order=True)


async def _reword(db: AsyncSession, session: ModerationSession, old: Quote, kept: str) -> None:
    if old.kind is Quoting.THEME:
        await stored.reword_theme(db, old.id, kept)
    elif old.kind is Quoting.QUESTION:
        await stored.reword_question(db, old.id, kept, session.seq)
    else:
        if old.kind is Quoting.TITLE:
            session.title = kept
        else:
            session.group_name = kept
        session.changed_seq = session.seq


async def reword_copies(
    db: AsyncSession, session: ModerationSession, uid: str, old: str, text: str, batches: OpenBatches
) -> Outcome:
    """An action item in a session to which it went along; one that reads otherwise by now is left as it is."""
    kept = check_line(text, LONGEST_ACTION)
    changed = await stored.reword_action(db, int(session.id or 0), uid, old, kept, session.seq)
    return Outcome([ActionItemsChanged(), StatementsRedacted()] if changed else [], wipes_order=changed)


async def _reword_action(
    db: AsyncSession, session: ModerationSession, moderator_id: int, old: Quote, kept: str
) -> Copies:
    session_id = int(session.id or 0)
    own = [(item, session_id) for item in await actions.of_session(db, session_id)]
    along = await stored.gone_along(db, session_id, moderator_id)
    led = [(item, int(home.id or 0)) for item, home, is_led in along if is_led]
    uid = next(item.uid for item, _ in own + led if item.id == old.id)
    await stored.reword_action(db, session_id, uid, old.text, kept, session.seq)
    return Copies(uid, _sessions_of(led, uid, old.text))


def _sessions_of(led: Sequence[tuple[ActionItem, int]], uid: str, text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(home for item, home in led if (item.uid, item.text) == (uid, text)))
