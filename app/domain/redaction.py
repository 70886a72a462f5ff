"""Leaving statements out on request before a session is published: when, who may ask, and what else quotes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.anonymity import SECONDS_RECEIPTS_LAST
from app.domain.person_hints import NAMES, PARTICLES, SHORTEST_NAME, TITLES, Hint, HintKind
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.domain.search import folded

# So many words in a row are no chance; fewer are, unless they are the whole statement or name a person.
WORDS_THAT_QUOTE = 4
SHORTEST_QUOTED = 4


class Quoting(StrEnum):
    """Where a moderator may have copied something out of a statement."""

    THEME = "theme"
    ACTION = "action"
    QUESTION = "question"


@dataclass(frozen=True)
class Quote:
    """A theme, action item or question (its id) whose text has something of a statement that is left out; `held_on` is
    the day of the one in which an action item stands that went along, None for this one."""

    kind: Quoting
    id: int
    text: str
    held_on: date | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Quoted:
    """What repeats a statement that is left out: `here` can be reworded, `beyond` so many action items went along to
    sessions that this moderator can't open."""

    here: tuple[Quote, ...] = ()
    beyond: int = 0

    @property
    def count(self) -> int:
        return len(self.here) + self.beyond


@dataclass(frozen=True)
class Copies:
    """An action item that went along to other sessions (ids) under the name `uid`."""

    uid: str
    sessions: tuple[int, ...]


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


def telling_parts(statement: str, hints: Iterable[Hint]) -> frozenset[str]:
    """What of a statement would tell of it elsewhere: all of it, four words in a row, or what names a person."""
    said = _spaced(statement).split()
    named = {part for hint in hints for part in _named(statement[hint.start : hint.end], hint.kind)}
    runs = [said[place : place + WORDS_THAT_QUOTE] for place in range(len(said) - WORDS_THAT_QUOTE + 1)] or [said]
    return frozenset(named | {run for words in runs if len(run := " ".join(words)) >= SHORTEST_QUOTED})


def quotes(text: str, parts: Iterable[str]) -> bool:
    """Whether a moderator's text repeats one of such parts."""
    there = f" {_spaced(text)} "
    return any(f" {part} " in there for part in parts)


def _named(part: str, kind: HintKind) -> list[str]:
    """What is pointed at, and of a name each of its words: whoever copies it may take one of them alone."""
    whole = _spaced(part)
    words = set(whole.split()) - TITLES - PARTICLES if kind in NAMES else set()
    return [whole, *(word for word in words if len(word) >= SHORTEST_NAME)]


def _spaced(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded(text)).split())
