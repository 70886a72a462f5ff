"""Moves on the board: each says what it touched before and after, so that its inverse is the swap of the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_THEMES = 52
LONGEST_THEME_NAME = 120
STEPS_TO_UNDO = 100


class MoveKind(StrEnum):
    """What a moderator did, for the label of undo."""

    PUT = "put"
    CREATE = "create"
    RENAME = "rename"
    REMOVE = "remove"
    ORDER = "order"
    MERGE = "merge"
    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True)
class ThemeState:
    """A theme as a move finds or leaves it."""

    name: str
    letter: str
    rank: str
    carried_from: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a statement lies: under a theme, or unclustered (None), at a rank; a hidden one is shown to nobody."""

    theme: int | None
    rank: str
    hidden: bool = False


@dataclass(frozen=True)
class Touched:
    """The part of the board a move touches: themes (None: not there) and places of statements."""

    themes: Mapping[int, ThemeState | None] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    def overlaps(self, other: Touched) -> bool:
        """Whether two moves touch the same theme or statement."""
        return bool(self.themes.keys() & other.themes.keys() or self.places.keys() & other.places.keys())


@dataclass(frozen=True)
class Move:
    """One undoable act: holds ids and theme names, never the text of a statement."""

    kind: MoveKind
    before: Touched
    after: Touched

    def inverse(self) -> Move:
        """The move that puts everything back exactly."""
        return Move(self.kind, self.after, self.before)


@dataclass(frozen=True)
class Board:
    """All themes and places of one question."""

    themes: Mapping[int, ThemeState]
    places: Mapping[str, Place]

    def stands_as(self, touched: Touched) -> bool:
        """Whether the touched things are now exactly so, which undoing them requires."""
        return all(self.themes.get(theme) == state for theme, state in touched.themes.items()) and all(
            self.places.get(statement) == place for statement, place in touched.places.items()
        )

    def apply(self, move: Move) -> Board:
        """The board after the move."""
        themes = {**self.themes, **move.after.themes}
        return Board(
            {theme: state for theme, state in themes.items() if state is not None}, {**self.places, **move.after.places}
        )

    def in_order(self) -> list[int]:
        """Theme ids in board order."""
        return sorted(self.themes, key=lambda theme: (self.themes[theme].rank, theme))

    def under(self, theme: int | None) -> list[str]:
        """Ids of the statements shown under a theme, or unclustered for None, in order."""
        inside = [key for key, place in self.places.items() if place.theme == theme and not place.hidden]
        return sorted(inside, key=lambda statement: (self.places[statement].rank, statement))

    def all_under(self, theme: int | None) -> list[str]:
        """Hidden ones too, which must not be left behind without their theme."""
        inside = [key for key, place in self.places.items() if place.theme == theme]
        return sorted(inside, key=lambda key: (self.places[key].rank, key))


@dataclass(frozen=True)
class Step:
    """A move in words: how many statements, the theme by its name now, and what it was called before."""

    kind: MoveKind
    count: int = 0
    theme: str = ""
    former: str = ""


def in_words(move: Move, names: Mapping[int, str]) -> Step:
    """What a move did, for the label of undo; `names` are those of the themes on the board now."""
    before, after = move.before, move.after
    target = next((place.theme for place in after.places.values()), None)
    into = names.get(target, "") if target is not None else ""
    if move.kind == MoveKind.MERGE and after.places:
        return Step(move.kind, len(after.places), into, _name(before))
    if move.kind == MoveKind.PUT:
        return Step(move.kind, len(after.places), into)
    return Step(move.kind, len(after.places), _name(after) or _name(before), _name(before))


def _name(touched: Touched) -> str:
    """The name of the first theme a side of the move touches; empty where the theme does not exist there."""
    return next((state.name for state in touched.themes.values() if state), "")


def offers_last_step(moderator: int, since: Iterable[int]) -> bool:
    """Whether a page still offers the board's last step to undo or redo; `since` are who moved after it was drawn.

    The history is one for all who lead, so that each can take back what another did; the own moves of somebody
    quick are no reason to ask again.
    """
    return all(who == moderator for who in since)


def next_letter(taken: Iterable[str]) -> str:
    """The first free letter A–Z, then AA, AB …; a letter stays with its theme in its question."""
    used = set(taken)
    singles = [chr(ord("A") + index) for index in range(26)]
    return next(letter for letter in singles + ["A" + single for single in singles] if letter not in used)


def tint(letter: str) -> str:
    """Which of the twelve tints a letter has: `a` to `l`; a thirteenth theme starts again."""
    index = ord(letter[-1]) - ord("A") + (26 if len(letter) > 1 else 0)
    return chr(ord("a") + index % 12)
