"""What else repeats a statement that is redacted: where moderators may have copied it, and how that is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.person_hints import NAMES, PARTICLES, SHORTEST_NAME, TITLES, Hint, HintKind, hints_in
from app.domain.search import folded

# So many words in a row are no chance; fewer are, unless they are the whole statement or name a person.
WORDS_THAT_QUOTE = 4
SHORTEST_QUOTED = 4


class Quoting(StrEnum):
    """Where a moderator may have copied something out of a statement."""

    THEME = "theme"
    ACTION = "action"
    QUESTION = "question"
    TITLE = "title"
    GROUP = "group"
    TEMPLATE = "template"
    TEMPLATE_QUESTION = "template_question"
    TEMPLATE_THEME = "template_theme"
    # Of these the page says where they stand and leads there: who owns an item is no copied text, a script is long.
    OWNER = "owner"
    SCRIPT = "script"


TO_BE_CHANGED_THERE = frozenset({Quoting.OWNER, Quoting.SCRIPT})


@dataclass(frozen=True)
class Quote:
    """A text that has something of a statement that is redacted: of a theme, action item, question, session or template
    (its id). `session` is another one of the same moderator in which it stands, `held_on` its day and `where` its title
    or the template's name; `is_own` is False for a template that somebody else shares."""

    kind: Quoting
    id: int
    text: str
    held_on: date | None = field(default=None, compare=False)
    session: int | None = None
    where: str = field(default="", compare=False)
    is_own: bool = field(default=True, compare=False)

    @property
    def can_be_reworded(self) -> bool:
        """Whether it is changed on the page itself."""
        return self.is_own and self.kind not in TO_BE_CHANGED_THERE


@dataclass(frozen=True)
class SameElsewhere:
    """Another session of the same moderator in which so many statements read the same, as in an imported archive."""

    session: int
    title: str
    held_on: date
    count: int


@dataclass(frozen=True)
class Quoted:
    """What repeats a statement that is redacted: `here` can be reworded or is led to, `beyond` so many action items
    went along to sessions that this moderator can't open, `statements` so many others of this session do, unmarked."""

    here: tuple[Quote, ...] = ()
    beyond: int = 0
    statements: int = 0
    same: tuple[SameElsewhere, ...] = ()

    @property
    def count(self) -> int:
        """Texts, the sessions with the same statements among them."""
        return len(self.here) + self.beyond + self.statements + len(self.same)


@dataclass(frozen=True)
class Copies:
    """An action item that went along to other sessions (ids) under the name `uid`."""

    uid: str
    sessions: tuple[int, ...]


class Telling:
    """What of some statements would tell of them elsewhere, looked up by word: a search costs the length of the text
    that is searched, however many statements they are."""

    def __init__(self, parts: Iterable[str]) -> None:
        by_length: dict[int, set[str]] = defaultdict(set)
        for part in parts:
            by_length[len(part.split())].add(part)
        self._by_length: Mapping[int, set[str]] = by_length

    def is_in(self, text: str) -> bool:
        """Whether a text repeats one of them."""
        words = _spaced(text).split() if self._by_length else []
        return any(
            " ".join(words[place : place + length]) in parts
            for length, parts in self._by_length.items()
            for place in range(len(words) - length + 1)
        )


def telling_of(statements: Iterable[str], listed: Collection[str]) -> Telling:
    """What of these texts would tell of them elsewhere; `listed` as for `hints_in`."""
    return Telling(part for text in statements for part in telling_parts(text, hints_in(text, listed)))


def telling_parts(statement: str, hints: Iterable[Hint]) -> frozenset[str]:
    """What of a statement would tell of it elsewhere: all of it, four words in a row, or what names a person."""
    said = _spaced(statement).split()
    named = {part for hint in hints for part in _named(statement[hint.start : hint.end], hint.kind)}
    runs = [said[place : place + WORDS_THAT_QUOTE] for place in range(len(said) - WORDS_THAT_QUOTE + 1)] or [said]
    return frozenset(named | {run for words in runs if len(run := " ".join(words)) >= SHORTEST_QUOTED})


def _named(part: str, kind: HintKind) -> list[str]:
    """What is pointed at, and of a name each of its words: whoever copies it may take one of them alone."""
    whole = _spaced(part)
    words = set(whole.split()) - TITLES - PARTICLES if kind in NAMES else set()
    return [whole, *(word for word in words if len(word) >= SHORTEST_NAME)]


def _spaced(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded(text)).split())
