"""What may stand at a place in the file, by the server's own rules; each refusal names the place in its sentence."""

from collections.abc import Callable
from typing import Any

from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.replay.stops import ReplayStopped


def an_object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReplayStopped(f"{capital(place)} is not a JSON object.")
    return value


def a_list(value: Any, place: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise ReplayStopped(f"What stands under “{place}” is not a list.")
    return value or []


def a_text(value: Any, place: str) -> str:
    if value is not None and not isinstance(value, str):
        raise ReplayStopped(f"{capital(place)} is not a text.")
    return value or ""


def a_line(value: Any, longest: int, place: str) -> str:
    return checked(lambda text: check_line(text, longest), a_text(value, place), place)


def a_line_or_none(value: Any, longest: int, place: str) -> str:
    try:
        return a_line(value, longest, place)
    except ReplayStopped as stop:
        cause = stop.__cause__
        if isinstance(cause, Refusal) and cause.reason == Reason.TEXT_MISSING:
            return ""
        raise


def checked(rule: Callable[[str], str], text: str, place: str) -> str:
    """The text as the server will keep it, by the server's own rule."""
    try:
        return rule(text)
    except Refusal as refusal:
        sentences = {
            Reason.TEXT_NOT_READABLE: "holds half of a character (a lone surrogate)",
            Reason.STATEMENT_TOO_LONG: "has {length} characters, and at most {limit} fit",
            Reason.TEXT_TOO_LONG: "has {length} characters, and at most {limit} fit",
        }
        wrong = sentences.get(refusal.reason, "is empty").format(**refusal.values)
        raise ReplayStopped(f"{capital(place)} {wrong}.") from refusal


def capital(place: str) -> str:
    return place[0].upper() + place[1:]
