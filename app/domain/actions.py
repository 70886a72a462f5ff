"""Action items: what, who, by when; only the what is demanded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line, has_content

LONGEST_ACTION = 500
LONGEST_OWNER = 120


@dataclass(frozen=True)
class ActionFields:
    """What a moderator fills in of an action item."""

    text: str
    theme_id: int | None = None
    owner: str = ""
    due: date | None = None
    done: bool = False


def check_action(fields: ActionFields) -> ActionFields:
    """The fields with tidy texts. Raises Refusal when the text is missing or one of them is too long."""
    owner = check_line(fields.owner, LONGEST_OWNER) if has_content(fields.owner) else ""
    return ActionFields(check_line(fields.text, LONGEST_ACTION), fields.theme_id, owner, fields.due, fields.done)


def parse_day(text: str) -> date | None:
    """A day written as 2026-12-07; None for an empty field. Raises Refusal for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Reason.DATE_MALFORMED) from None
