"""Templates: beginning an agenda with one, and saving, changing and removing one's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import agenda
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import check_not_ended, check_unchanged
from app.domain.agenda import Kind, QuestionSettings
from app.domain.events import AgendaChanged
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.domain.templates import TemplateFields, as_plain, check_fields, mark_of
from app.store import questions, templates, themes
from app.store.tables import ModerationSession, Question, Template


async def begin_with(
    db: AsyncSession,
    session: ModerationSession,
    asked: Sequence[QuestionSettings],
    replaces: bool,
    seq: int,
    batches: OpenBatches,
) -> Outcome:
    """Put a template's questions on an agenda of which nothing has begun: behind what is there, or instead of it."""
    check_not_ended(session)
    there = await questions.of_session(db, int(session.id or 0))
    if any(question.phase != Phase.WAITING for question in there):
        raise Refusal(Reason.AGENDA_HAS_BEGUN)
    # Behind also looks at what changed, so that a second press of the same button does not add everything twice.
    for question in there if replaces else there[-1:]:
        check_unchanged(question.changed_seq, seq)
    for question in there if replaces else ():
        await db.delete(question)
    await db.flush()
    for settings in asked:
        await agenda.add_question(db, session, settings)
    return Outcome([AgendaChanged()])


async def save(
    db: AsyncSession, session: ModerationSession, moderator_id: int, fields: TemplateFields, batches: OpenBatches
) -> Outcome:
    """Keep the settings of an agenda, without anything people wrote, to begin with again; the answer is its id."""
    checked = check_fields(fields)
    kept = [await _settings(db, question) for question in await questions.of_session(db, int(session.id or 0))]
    if not any(kept):
        raise Refusal(Reason.AGENDA_IS_EMPTY)
    template = Template(
        moderator_id=moderator_id,
        name=checked.name,
        script=checked.script,
        shared=checked.shared,
        language=session.language,
        questions=[as_plain(settings) for settings in kept if settings],
    )
    db.add(template)
    await db.flush()
    return Outcome([], template.id)


async def _settings(db: AsyncSession, question: Question) -> QuestionSettings | None:
    """What a template keeps of a question; nothing of a follow-up, since its themes are what this group said."""
    given = await themes.of_question(db, int(question.id or 0)) if question.kind == Kind.GUIDED else ()
    if any(theme.carried_from for theme in given):
        return None
    return questions.settings_of(question, given)


async def change(db: AsyncSession, moderator_id: int, template_id: int, fields: TemplateFields, mark: str) -> Outcome:
    """Another name, script or sharing for one's own template, unless it was changed since the page was drawn."""
    checked = check_fields(fields)
    template = await _own(db, moderator_id, template_id)
    if mark_of(TemplateFields(template.name, template.script, template.shared)) != mark:
        raise Refusal(Reason.PAGE_IS_STALE)
    template.name, template.script, template.shared = checked.name, checked.script, checked.shared
    return Outcome()


async def remove(db: AsyncSession, moderator_id: int, template_id: int) -> Outcome:
    """Take one's own template away; sessions that began with it keep their questions."""
    await db.delete(await _own(db, moderator_id, template_id))
    return Outcome()


async def _own(db: AsyncSession, moderator_id: int, template_id: int) -> Template:
    template = await templates.by_id(db, moderator_id, template_id)
    if template is None or template.moderator_id != moderator_id:
        raise Refusal(Reason.TEMPLATE_UNKNOWN)
    return template
