"""What goes into a suggestion and what comes out: plain values that know no screen and no database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LooseStatement:
    """A statement that is under no theme."""

    id: str
    text: str


@dataclass(frozen=True)
class KnownTheme:
    """A theme with the texts of the statements under it, in any order."""

    id: int
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class SharedWord:
    """Why: a word of the statement and the word of the theme that it is alike, both as they were written.

    `is_related` says that the two are different words for one subject (politie, wijkagent).
    """

    here: str
    there: str
    is_related: bool = False


@dataclass(frozen=True)
class Resemblance:
    """A theme that a statement resembles: the score from 0 to 1, and why, the most telling first.

    `nearest` is the theme's own text that is most alike; given where a score does not come from words.
    """

    theme_id: int
    score: float
    why: tuple[SharedWord, ...]
    nearest: str = ""


@dataclass(frozen=True)
class Suggestion:
    """The themes that a statement resembles, the best first; at least one."""

    statement_id: str
    themes: tuple[Resemblance, ...]


@dataclass(frozen=True)
class Group:
    """Loose statements that resemble each other: two or more, the most central first.

    `name` is a proposal, in words of the most central statement; `why` the words that most of them share.
    """

    statement_ids: tuple[str, ...]
    score: float
    name: str
    why: tuple[str, ...]
