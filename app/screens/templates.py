"""Templates as a moderator chooses and manages them: those that come with Moderato, their own, and shared ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import Kind, QuestionSettings, kind_of
from app.domain.refusals import Reason, Refusal
from app.domain.templates import TemplateFields, from_plain, mark_of
from app.screens import session_templates
from app.screens.render import translate
from app.store import templates
from app.store.tables import Template

SAVED = "saved-"
TINTS = "aecdfgbh"


@dataclass(frozen=True)
class TemplateCard:
    """A template in a list; `id` and `mark` only of a saved one, `line` only of one that comes with Moderato."""

    key: str
    name: str
    line: str
    script: str
    texts: tuple[str, ...]
    questions: int
    minutes: int
    tints: str
    id: int = 0
    is_own: bool = False
    shared: bool = False
    mark: str = ""


async def cards(db: AsyncSession, moderator_id: int, language: str) -> tuple[TemplateCard, ...]:
    """All a moderator may begin with: those of Moderato in `language`, then their own, then what others share."""
    saved = await templates.visible_to(db, moderator_id)
    own_first = sorted(saved, key=lambda template: template.moderator_id != moderator_id)
    built_in = [_built_in(key, language) for key in session_templates.TEMPLATES]
    return (*built_in, *(_saved(template, moderator_id) for template in own_first))


def _built_in(key: str, language: str) -> TemplateCard:
    template = session_templates.TEMPLATES[key]
    asked = session_templates.questions_of(key, language)
    return TemplateCard(
        key=key,
        name=translate(language, template.name),
        line=translate(language, template.line),
        script=session_templates.script_of(key, language),
        texts=tuple(one.text for one in asked),
        questions=len(asked),
        minutes=sum(sum(one.minutes.values()) for one in asked),
        tints=template.tints,
    )


def _saved(template: Template, moderator_id: int) -> TemplateCard:
    asked = [from_plain(one) for one in template.questions]
    questions = [one.text for one in asked if kind_of(one) != Kind.PAUSE]
    return TemplateCard(
        key=f"{SAVED}{template.id}",
        name=template.name,
        line="",
        script=template.script,
        texts=tuple(one.text for one in asked),
        questions=len(questions),
        minutes=sum(sum(one.minutes.values()) for one in asked),
        tints=TINTS[: len(questions)],
        id=int(template.id or 0),
        is_own=template.moderator_id == moderator_id,
        shared=template.shared,
        mark=mark_of(TemplateFields(template.name, template.script, template.shared)),
    )


async def questions_of(db: AsyncSession, moderator_id: int, key: str, language: str) -> tuple[QuestionSettings, ...]:
    """The questions of a template by its key, those of Moderato in `language`.

    Raises Refusal for one that isn't there or not for this moderator.
    """
    if not key.startswith(SAVED):
        return session_templates.questions_of(key, language)
    number = key.removeprefix(SAVED)
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Refusal(Reason.INPUT_MALFORMED)
    template = await templates.by_id(db, moderator_id, int(number))
    if template is None:
        raise Refusal(Reason.TEMPLATE_UNKNOWN)
    return tuple(from_plain(one) for one in template.questions)


def begun_with(choices: Sequence[TemplateCard], texts: Sequence[str]) -> str:
    """The key of the template that an agenda most looks like; empty when it looks like none."""
    asked = set(texts)
    alike = {card.key: len(asked.intersection(card.texts)) for card in choices if card.texts}
    best = max(alike, key=lambda key: alike[key], default="")
    return best if best and alike[best] else ""
