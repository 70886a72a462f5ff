"""What came in with a request, read as a number, a text, a page or JSON, or refused as none of these."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from app.commands.pages import Page
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal

LARGEST_SEQ = 2**53


def whole_number(value: object, highest: int = LARGEST_SEQ) -> int:
    """A number from a form or JSON. Raises Refusal for anything that is not a whole number from 0 to `highest`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= highest:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16 and int(value) <= highest:
        return int(value)
    raise Refusal(Reason.INPUT_MALFORMED)


def theme_field(form: Any, name: str = "theme") -> int | None:
    """The id of a theme in a form, None where it names none: the inbox, or no theme at all."""
    theme = text_field(form, name)
    return whole_number(theme) if theme else None


async def read_json(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises Refusal for anything else."""
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise Refusal(Reason.INPUT_MALFORMED) from None
    if not isinstance(body, dict):
        raise Refusal(Reason.INPUT_MALFORMED)
    return body


def text_field(form: Any, name: str) -> str:
    """A text field of a form, empty when it is missing. Raises Refusal for an uploaded file."""
    value = form.get(name, "")
    if not isinstance(value, str):
        value.file.close()
        raise Refusal(Reason.INPUT_MALFORMED)
    # Half a surrogate pair, which only a form in an odd encoding can bring, could be neither stored nor shown again.
    return value.encode(errors="replace").decode()


def chosen_statements(form: Any, name: str = "statement") -> list[str]:
    """The ids of statements in fields of this name, in the order of the page. Raises Refusal for an uploaded file."""
    chosen: list[Any] = form.getlist(name)
    if not all(isinstance(key, str) for key in chosen):
        raise Refusal(Reason.INPUT_MALFORMED)
    return chosen


def page_of(form: Any) -> Page:
    """The page a moderator's form was drawn on. Raises Refusal when the hidden fields are missing or odd."""
    try:
        phase = Phase(text_field(form, "phase"))
    except ValueError:
        raise Refusal(Reason.INPUT_MALFORMED) from None
    question = text_field(form, "question")
    return Page(phase, whole_number(question) if question else None, whole_number(text_field(form, "seq")))
