"""The agenda: adding, changing, ordering and removing questions, and follow-up questions about carried themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, check_not_ended, check_unchanged, question_on
from app.domain import ranks
from app.domain.agenda import Kind, QuestionSettings, check_change, check_settings, kind_of
from app.domain.events import AgendaChanged
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME, MOST_THEMES, next_letter
from app.store import questions, themes
from app.store import statements as stored
from app.store.tables import ModerationSession, Question, Theme


async def add_question(
    db: AsyncSession, session: ModerationSession, settings: QuestionSettings, batches: OpenBatches | None = None
) -> Outcome:
    """A question at the end of the agenda; the answer is its id."""
    check_not_ended(session)
    agenda = await questions.of_session(db, int(session.id or 0))
    checked = check_settings(settings)
    question = _made(session, checked, position=len(agenda))
    db.add(question)
    await db.flush()
    await _set_themes(db, question, checked.themes)
    return Outcome([AgendaChanged()], question.id)


def _made(session: ModerationSession, settings: QuestionSettings, position: int) -> Question:
    question = Question(session_id=int(session.id or 0), position=position, text="", changed_seq=session.seq)
    _write(question, settings)
    return question


def _write(question: Question, settings: QuestionSettings) -> None:
    question.text = settings.text
    question.phases = ",".join(settings.phases)
    question.budget, question.limit_per_theme = settings.budget, settings.limit_per_theme
    question.max_length, question.minutes = settings.max_length, dict(settings.minutes)
    question.most_statements = settings.most_statements
    question.statements_on_phones = settings.statements_on_phones
    question.takes_proposals = settings.takes_proposals
    question.kind = kind_of(settings)


async def _set_themes(db: AsyncSession, question: Question, names: Sequence[str]) -> None:
    """Make the given themes of a question these, in this order.

    A theme whose name is still there stays itself; of the others the first takes the first new name, and so on, so
    that a carried theme under a new name still tells where it comes from.
    """
    left = list(await themes.of_question(db, int(question.id or 0)))
    kept: list[Theme | None] = []
    for name in names:
        kept.append(next((theme for theme in left if theme.name == name), None))
        left = [theme for theme in left if theme is not kept[-1]]
    letters = [theme.letter for theme in [*left, *kept] if theme]
    for index, (name, rank) in enumerate(zip(names, ranks.evenly(len(names)), strict=True)):
        theme = kept[index] or (left.pop(0) if left else None)
        if theme is None:
            letters.append(next_letter(letters))
            theme = Theme(question_id=int(question.id or 0), name=name, letter=letters[-1], rank=rank)
        theme.name, theme.rank = name, rank
        db.add(theme)
    for theme in left:
        await db.delete(theme)
    await db.flush()


async def change_question(
    db: AsyncSession,
    session: ModerationSession,
    question_id: int,
    settings: QuestionSettings,
    seq: int,
    batches: OpenBatches,
) -> Outcome:
    """New settings. Text and limits stand from the first statement on, the budget from the opening of the vote.

    What stands already changes nothing, also from an old page: a save that is sent once more is no conflict.
    """
    check_not_ended(session)
    question = await own(db, session, question_id)
    checked = check_settings(settings)
    stands = questions.settings_of(question, await themes.of_question(db, question_id))
    if checked == stands:
        return Outcome()
    check_unchanged(question.changed_seq, seq)
    phase = Phase(question.phase)
    has_statements = await stored.any_for(db, question_id)
    checked = check_change(stands, checked, phase, Kind(question.kind), has_statements)
    _write(question, checked)
    if phase == Phase.WAITING:
        await _set_themes(db, question, checked.themes)
    question.changed_seq = session.seq
    return Outcome([AgendaChanged()])


async def remove_question(
    db: AsyncSession, session: ModerationSession, question_id: int, seq: int, batches: OpenBatches
) -> Outcome:
    """Take a question that has not had its turn off the agenda."""
    question = await _own_waiting(db, session, question_id, seq)
    await db.delete(question)
    await db.flush()
    await renumber(db, await questions.of_session(db, int(session.id or 0)))
    return Outcome([AgendaChanged()])


async def move_question(
    db: AsyncSession, session: ModerationSession, question_id: int, step: int, seq: int, batches: OpenBatches
) -> Outcome:
    """One place up (step -1) or down (step 1), never before an item that has had its turn."""
    question = await _own_waiting(db, session, question_id, seq)
    agenda = await questions.of_session(db, int(session.id or 0))
    return await _place(db, session, question, agenda.index(question) + step)


async def place_question(
    db: AsyncSession, session: ModerationSession, question_id: int, place: int, seq: int, batches: OpenBatches
) -> Outcome:
    """To a place of the whole agenda, counted from 0; the first it can get is right after what has had its turn."""
    return await _place(db, session, await _own_waiting(db, session, question_id, seq), place)


async def _place(db: AsyncSession, session: ModerationSession, question: Question, place: int) -> Outcome:
    agenda = await questions.of_session(db, int(session.id or 0))
    others = [one for one in agenda if one.id != question.id]
    first = max((place for place, one in enumerate(others, 1) if one.phase != Phase.WAITING), default=0)
    others.insert(min(max(place, first), len(others)), question)
    if others != list(agenda):
        question.changed_seq = session.seq
        await renumber(db, others)
    return Outcome([AgendaChanged()])


async def renumber(db: AsyncSession, agenda: Sequence[Question]) -> None:
    """Give the items of an agenda the positions they have in this order."""
    for position, question in enumerate(agenda):
        question.position = position
        db.add(question)
    await db.flush()


@dataclass(frozen=True)
class Carried:
    """A theme that goes into a follow-up question, under the name it has there; None was added to it."""

    theme_id: int | None
    name: str


async def add_follow_up(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    settings: QuestionSettings,
    carried: Sequence[Carried],
    batches: OpenBatches,
) -> Outcome:
    """A question about themes of earlier questions, queued right after the current one; the answer is its id."""
    current = await question_on(db, session, page)
    if current.phase != Phase.RESULT:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    if not carried:
        raise Refusal(Reason.NO_THEMES_TO_CARRY)
    if len(carried) > MOST_THEMES:
        raise Refusal(Reason.TOO_MANY_THEMES, limit=MOST_THEMES)
    known = {theme.id for theme in await themes.of_session(db, int(session.id or 0))}
    if any(theme.theme_id not in known for theme in carried if theme.theme_id is not None):
        raise Refusal(Reason.THEME_UNKNOWN)
    agenda = list(await questions.of_session(db, int(session.id or 0)))
    for queued in agenda[agenda.index(current) + 1 :][:1]:
        # A second press of the same form must not make a second follow-up question.
        check_unchanged(queued.changed_seq, page.seq)
    named = replace(settings, themes=tuple(theme.name for theme in carried))
    question = _made(session, check_settings(named), position=0)
    agenda.insert(agenda.index(current) + 1, question)
    await renumber(db, agenda)
    letters: list[str] = []
    for theme, rank in zip(carried, ranks.evenly(len(carried)), strict=True):
        letters.append(next_letter(letters))
        name = check_line(theme.name, LONGEST_THEME_NAME)
        db.add(
            Theme(
                question_id=int(question.id or 0),
                name=name,
                letter=letters[-1],
                rank=rank,
                carried_from=theme.theme_id,
            )
        )
    await db.flush()
    return Outcome([AgendaChanged()], question.id)


async def own(db: AsyncSession, session: ModerationSession, question_id: int) -> Question:
    """A question of this session. Raises Refusal when there is none."""
    question = await questions.by_id(db, int(session.id or 0), question_id)
    if question is None:
        raise Refusal(Reason.QUESTION_UNKNOWN)
    return question


async def _own_waiting(db: AsyncSession, session: ModerationSession, question_id: int, seq: int) -> Question:
    check_not_ended(session)
    question = await own(db, session, question_id)
    check_unchanged(question.changed_seq, seq)
    if question.phase != Phase.WAITING:
        raise Refusal(Reason.QUESTION_IS_FIXED)
    return question
