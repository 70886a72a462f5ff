"""Redacting statements before a session is published: when, who may ask, and which were meant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from app.domain.anonymity import SECONDS_RECEIPTS_LAST
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal


def may_redact(status: Status, phase: Phase) -> bool:
    """Whether statements of a question in `phase` can be left out: from its result on, and after the session."""
    return status == Status.ENDED or (status == Status.OPEN and phase == Phase.RESULT)


def tells_who_asks_for_it(status: Status) -> bool:
    """Whether moderators see which statements' writers ask for it.

    Only when everybody has gone: in the room a mark that appears would tell of whoever touched a phone just then.
    """
    return status == Status.ENDED


def check_may_ask(status: Status, ended_at: int | None, now: float) -> None:
    """Raises Refusal when a participant's device can ask no more: until 24 hours after the end."""
    if status == Status.ENDED and now >= (ended_at or 0) + SECONDS_RECEIPTS_LAST:
        raise Refusal(Reason.REDACTION_OVER)


def fingerprint(marked: Iterable[str]) -> str:
    """A mark of which statements (ids) somebody read that they go, so that no others go in their place."""
    return hashlib.sha256(" ".join(sorted(marked)).encode()).hexdigest()[:16]
