"""An agenda to begin with: its questions as they are saved, and the script that a moderator reads beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.agenda import LONGEST_NAME, QuestionSettings
from app.domain.limits import MOST_STATEMENTS
from app.domain.refusals import Reason, Refusal
from app.domain.statements import LENGTHS, check_line, normalise

LONGEST_SCRIPT = 4000


@dataclass(frozen=True)
class TemplateFields:
    """What a moderator says of a template; a `shared` one is there for every moderator of this server."""

    name: str
    script: str = ""
    shared: bool = False


def check_fields(fields: TemplateFields) -> TemplateFields:
    """The fields with tidy texts; the script keeps its lines. Raises Refusal for no name or too long a text."""
    script = "\n".join(normalise(line).rstrip() for line in fields.script.splitlines()).strip()
    if len(script) > LONGEST_SCRIPT:
        raise Refusal(Reason.TEXT_TOO_LONG, limit=LONGEST_SCRIPT, length=len(script))
    return replace(fields, name=check_line(fields.name, LONGEST_NAME), script=script)


def mark_of(fields: TemplateFields) -> str:
    """A short mark of what a template says now, so that an old page is known from a new one."""
    said = f"{fields.name}\n{fields.script}\n{fields.shared}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def as_plain(settings: QuestionSettings) -> dict[str, Any]:
    """Settings as they are saved in a template."""
    return {
        "text": settings.text,
        "phases": [str(phase) for phase in settings.phases],
        "minutes": dict(settings.minutes),
        "budget": settings.budget,
        "limit_per_theme": settings.limit_per_theme,
        "max_length": settings.max_length,
        "most_statements": settings.most_statements,
        "statements_on_phones": settings.statements_on_phones,
        "takes_proposals": settings.takes_proposals,
        "themes": list(settings.themes),
    }


def from_plain(saved: Mapping[str, Any]) -> QuestionSettings:
    """Settings as they were saved; they are judged anew when they are put on an agenda."""
    return QuestionSettings(
        saved["text"],
        phases=tuple(saved["phases"]),
        budget=saved.get("budget"),
        limit_per_theme=saved.get("limit_per_theme"),
        max_length=saved.get("max_length", LENGTHS[0]),
        most_statements=saved.get("most_statements", MOST_STATEMENTS),
        statements_on_phones=saved.get("statements_on_phones", False),
        takes_proposals=saved.get("takes_proposals", False),
        minutes=saved.get("minutes", {}),
        themes=tuple(saved.get("themes", ())),
    )
