"""Pieces of a board that are drawn alone, so that a change costs what it changed: after which events, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.events import Event
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.store.tables import ModerationSession, Question

# A template and the values it is rendered with, in each language.
Piece = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Occasion:
    """The events after which pieces of a question's board are drawn; a page that takes them is at `seq`."""

    session: ModerationSession
    question: Question
    presence: Presence
    events: tuple[Event, ...]
    seq: int


def shows_board(question: Question | None) -> bool:
    """Whether there is a board on the screens now, on which things can be placed."""
    return question is not None and question.phase == Phase.CLUSTER
