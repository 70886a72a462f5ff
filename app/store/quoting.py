"""What may repeat a statement that is redacted: what moderators wrote, in this session and in what they made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, or_
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.phases import Status
from app.domain.quoting import Quote, Quoting, SameElsewhere
from app.store import actions, questions, templates, themes
from app.store.sessions import led_by
from app.store.tables import (
    ActionItem,
    BoardMove,
    ModerationSession,
    Question,
    Round,
    RoundTheme,
    Statement,
    Template,
    Theme,
)


async def texts_here(db: AsyncSession, session: ModerationSession) -> list[Quote]:
    """The session's title and group, its themes as they are called now and as they were voted on, action items and who
    owns them, questions."""
    session_id = int(session.id or 0)
    called = [Quote(Quoting.TITLE, session_id, session.title), Quote(Quoting.GROUP, session_id, session.group_name)]
    named = [Quote(Quoting.THEME, int(one.id or 0), one.name) for one in await themes.of_session(db, session_id)]
    named += [Quote(Quoting.THEME, one.theme_id, one.name) for one in await _voted_on(db, session_id)]
    items = await actions.of_session(db, session_id)
    agreed = [Quote(Quoting.ACTION, int(one.id or 0), one.text) for one in items]
    owned = [Quote(Quoting.OWNER, int(one.id or 0), one.owner) for one in items]
    asked = [Quote(Quoting.QUESTION, int(one.id or 0), one.text) for one in await questions.of_session(db, session_id)]
    return list(dict.fromkeys([*called, *named, *agreed, *owned, *asked]))


async def texts_elsewhere(db: AsyncSession, session: ModerationSession, moderator_id: int) -> list[Quote]:
    """Titles, groups, questions and themes of this moderator's other sessions that may have come of this one: copies,
    what began with a template of it, what was imported, and whatever has not ended."""
    others = await _others(db, session, moderator_id)
    there = col(Question.session_id).in_(_later(session, moderator_id))
    asked = select(Question.session_id, Question.id, Question.text).where(there)
    themed = select(Question.session_id, Theme.id, Theme.name).where(Theme.question_id == Question.id, there)
    texts = [(Quoting.TITLE, key, key, one.title) for key, one in others.items()]
    texts += [(Quoting.GROUP, key, key, one.group_name) for key, one in others.items()]
    for kind, query in ((Quoting.QUESTION, asked), (Quoting.THEME, themed)):
        texts += [(kind, key, int(one or 0), text) for key, one, text in (await db.exec(query)).all() if key in others]
    return [Quote(kind, one, text, others[key].held_on, key, others[key].title) for kind, key, one, text in texts]


def _later(session: ModerationSession, moderator_id: int) -> Any:
    """Their ids, as part of another query. What is not this moderator's is not searched: the answer would tell what
    somebody else's session says."""
    may_have_come_of_it = or_(
        col(ModerationSession.id) > int(session.id or 0), col(ModerationSession.status) != Status.ENDED
    )
    return select(ModerationSession.id).where(
        col(ModerationSession.id).in_(led_by(moderator_id)), ModerationSession.id != session.id, may_have_come_of_it
    )


async def _others(db: AsyncSession, session: ModerationSession, moderator_id: int) -> dict[int, ModerationSession]:
    found = select(ModerationSession).where(col(ModerationSession.id).in_(_later(session, moderator_id)))
    return {int(one.id or 0): one for one in (await db.exec(found)).all()}


async def texts_of_templates(db: AsyncSession, moderator_id: int) -> list[Quote]:
    """What stands in the templates that this moderator can begin with."""
    found = []
    for one in await templates.visible_to(db, moderator_id):
        texts = [(Quoting.TEMPLATE, one.name), (Quoting.SCRIPT, one.script)]
        for question in one.questions:
            texts.append((Quoting.TEMPLATE_QUESTION, question["text"]))
            texts += [(Quoting.TEMPLATE_THEME, theme) for theme in question.get("themes", ())]
        is_own = one.moderator_id == moderator_id
        found += [Quote(kind, int(one.id or 0), text, where=one.name, is_own=is_own) for kind, text in texts]
    return list(dict.fromkeys(found))


async def same_elsewhere(
    db: AsyncSession, session: ModerationSession, moderator_id: int, texts: Iterable[str]
) -> list[SameElsewhere]:
    """Other sessions of this moderator in which a statement reads exactly as one of these texts."""
    others = await _others(db, session, moderator_id)
    found = (
        select(Question.session_id, func.count(col(Statement.id)))
        .where(Statement.question_id == Question.id, col(Question.session_id).in_(_later(session, moderator_id)))
        .where(col(Statement.text).in_(sorted(set(texts))))
        .where(col(Statement.released).is_(True), col(Statement.retracted).is_(False))
        .group_by(col(Question.session_id))
        .order_by(col(Question.session_id))
    )
    counts = [(others[key], count) for key, count in (await db.exec(found)).all() if key in others]
    return [SameElsewhere(int(one.id or 0), one.title, one.held_on, count) for one, count in counts]


async def reword_template(db: AsyncSession, old: Quote, text: str) -> None:
    """Another name for a template, or another text for its questions or themes that read as the old one."""
    template = await db.get(Template, old.id)
    if template is None:
        return
    if old.kind is Quoting.TEMPLATE:
        template.name = text
    elif old.kind is Quoting.TEMPLATE_QUESTION:
        template.questions = [{**one, "text": _instead(one["text"], old, text)} for one in template.questions]
    else:
        template.questions = [
            {**one, "themes": [_instead(theme, old, text) for theme in one.get("themes", ())]}
            for one in template.questions
        ]


def _instead(there: str, old: Quote, text: str) -> str:
    return text if there == old.text else there


async def _voted_on(db: AsyncSession, session_id: int) -> Sequence[RoundTheme]:
    found = (
        select(RoundTheme)
        .join(Round, col(Round.id) == RoundTheme.round_id)
        .join(Question, col(Question.id) == Round.question_id)
        .where(Question.session_id == session_id)
    )
    return (await db.exec(found.order_by(col(RoundTheme.round_id), col(RoundTheme.tie_order)))).all()


async def reword_theme(db: AsyncSession, theme_id: int, text: str) -> None:
    """Another name wherever the old one stands: on the board, in its votes, and in no history of the board any more."""
    named = select(Theme.question_id).where(Theme.id == theme_id)
    await db.exec(delete(BoardMove).where(col(BoardMove.question_id).in_(named)))
    await db.exec(update(Theme).where(col(Theme.id) == theme_id).values(name=text))
    await db.exec(update(RoundTheme).where(col(RoundTheme.theme_id) == theme_id).values(name=text))


async def gone_along(
    db: AsyncSession, session_id: int, moderator_id: int
) -> Sequence[tuple[ActionItem, ModerationSession, bool]]:
    """The same action items in other sessions, of earliest date first, and whether this moderator leads those."""
    own = select(ActionItem.uid).where(ActionItem.session_id == session_id)
    led = col(ModerationSession.id).in_(led_by(moderator_id))
    found = (
        select(ActionItem, ModerationSession, led)
        .join(ModerationSession, col(ModerationSession.id) == ActionItem.session_id)
        .where(col(ActionItem.uid).in_(own), ActionItem.session_id != session_id)
    )
    order = (col(ModerationSession.held_on), col(ModerationSession.id), col(ActionItem.id))
    return (await db.exec(found.order_by(*order))).all()


async def reword_action(db: AsyncSession, session_id: int, uid: str, old: str, text: str, seq: int) -> bool:
    """Another text for an action item of a session, by its name and the old text; False where it has none such."""
    same = (col(ActionItem.session_id) == session_id, col(ActionItem.uid) == uid, col(ActionItem.text) == old)
    changed = await db.exec(update(ActionItem).where(*same).values(text=text, changed_seq=seq))
    return bool(changed.rowcount)


async def reword_question(db: AsyncSession, question_id: int, text: str, seq: int) -> None:
    """Another text for a question."""
    await db.exec(update(Question).where(col(Question.id) == question_id).values(text=text, changed_seq=seq))
