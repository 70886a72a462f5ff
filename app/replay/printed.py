"""A printed session as plain values: what was said, under which themes, with how many points."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PrintedTheme:
    """A theme with its statements in printed order; `points` 0 where none were printed.

    `carried_from` says which theme it follows up: the question and the theme in it, both counted from 0.
    """

    name: str
    points: int = 0
    statements: tuple[str, ...] = ()
    carried_from: tuple[int, int] | None = None


@dataclass(frozen=True)
class PrintedQuestion:
    """A question with its themes in printed order."""

    text: str
    themes: tuple[PrintedTheme, ...] = ()

    @property
    def points(self) -> int:
        """All points given on this question; 0 means that nothing was voted on."""
        return sum(theme.points for theme in self.themes)

    @property
    def is_follow_up(self) -> bool:
        return any(theme.carried_from is not None for theme in self.themes)


@dataclass(frozen=True)
class Person:
    """Somebody who takes part; without a name they are not on the attendance list."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class PrintedSession:
    """A whole session, checked: it can be played."""

    title: str
    group: str
    held_on: date | None
    language: str
    people: tuple[Person, ...]
    questions: tuple[PrintedQuestion, ...]
