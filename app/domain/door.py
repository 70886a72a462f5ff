"""Who may take a seat: the session is open, and so is its door."""

from __future__ import annotations

from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal


def check_may_enter(status: str, door_open: bool) -> None:
    """Whoever has a seat keeps it; this judges new ones. Raises Refusal while nobody new may come in."""
    if status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    if status != Status.OPEN:
        raise Refusal(Reason.SESSION_NOT_OPEN)
    if not door_open:
        raise Refusal(Reason.DOOR_IS_CLOSED)
