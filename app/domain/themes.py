"""The board of a question: its themes, where each statement lies, and what a move touches of it before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

MOST_THEMES = 52
LONGEST_THEME_NAME = 120
STEPS_TO_UNDO = 100


class MoveKind(StrEnum):
    """What a moderator did, for the label of undo."""

    PUT = "put"
    ARRANGE = "arrange"
    ACCEPT = "accept"
    CREATE = "create"
    SPLIT = "split"
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

    @property
    def spot(self) -> tuple[int | None, str]:
        """List and rank together: neither means anything without the other."""
        return self.theme, self.rank


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
    """One undoable act: holds ids and theme names, never the text of a statement.

    `names` are what the themes it speaks of were called, for a label when one of them is gone; `actions` the action
    items (by id) that lost their theme with it, and which theme that was.
    """

    kind: MoveKind
    before: Touched
    after: Touched
    names: Mapping[int, str] = field(default_factory=dict)
    actions: Mapping[int, int] = field(default_factory=dict)

    def inverse(self) -> Move:
        """The move that puts everything back exactly."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True)
class Board:
    """All themes and places of one question."""

    themes: Mapping[int, ThemeState]
    places: Mapping[str, Place]

    def written_by(self, move: Move) -> Touched:
        """What has to be written for a move: it changes what differs between its before and after, and nothing else.

        So whoever takes back a new name leaves alone that somebody else gave the theme another place since. A
        statement that is not on the board any more is left out.
        """
        return Touched(
            {
                key: _changed(self.themes.get(key), move.before.themes[key], state)
                for key, state in move.after.themes.items()
            },
            {
                key: _laid(self.places[key], move.before.places[key], place)
                for key, place in move.after.places.items()
                if key in self.places
            },
        )

    def apply(self, move: Move) -> Board:
        """The board after the move."""
        written = self.written_by(move)
        themes = {**self.themes, **written.themes}
        return Board(
            {theme: state for theme, state in themes.items() if state is not None}, {**self.places, **written.places}
        )

    def in_order(self) -> list[int]:
        """Theme ids in board order."""
        return sorted(self.themes, key=lambda theme: (self.themes[theme].rank, theme))

    def lists_of(self, keys: Iterable[str]) -> set[int | None]:
        """The themes (None: the inbox) under which these statements lie; who is not on the board lies nowhere."""
        return {self.places[key].theme for key in keys if key in self.places}

    def lists(self) -> dict[int | None, list[str]]:
        """What is shown under each theme in board order, and unclustered under None: one pass over the whole board."""
        shown: dict[int | None, list[str]] = {None: [], **{theme: [] for theme in self.in_order()}}
        for key, place in sorted(self.places.items(), key=lambda one: (one[1].rank, one[0])):
            if not place.hidden:
                shown[place.theme].append(key)
        return shown

    def under(self, theme: int | None) -> list[str]:
        """Ids of the statements shown under a theme, or unclustered for None, in order."""
        return [key for key in self.all_under(theme) if not self.places[key].hidden]

    def all_under(self, theme: int | None) -> list[str]:
        """Hidden ones too, which must not be left behind without their theme."""
        inside = [key for key, place in self.places.items() if place.theme == theme]
        return sorted(inside, key=lambda key: (self.places[key].rank, key))


def _changed(now: ThemeState | None, before: ThemeState | None, after: ThemeState | None) -> ThemeState | None:
    if now is None or before is None or after is None:
        return after
    return replace(now, **{part: getattr(after, part) for part in differing(before, after)})


def _laid(now: Place, before: Place, after: Place) -> Place:
    lies = after if before.spot != after.spot else now
    return Place(lies.theme, lies.rank, after.hidden if before.hidden != after.hidden else now.hidden)


def differing(one: ThemeState, other: ThemeState) -> list[str]:
    """The names of what differs between two states of a theme."""
    return [part for part in ("name", "letter", "rank", "carried_from") if getattr(one, part) != getattr(other, part)]


def next_letter(taken: Iterable[str]) -> str:
    """The first free letter A–Z, then AA, AB …; a letter stays with its theme in its question."""
    used = set(taken)
    singles = [chr(ord("A") + index) for index in range(26)]
    return next(letter for letter in singles + ["A" + single for single in singles] if letter not in used)


def tint(letter: str) -> str:
    """Which of the twelve tints a letter has: `a` to `l`; a thirteenth theme starts again."""
    index = ord(letter[-1]) - ord("A") + (26 if len(letter) > 1 else 0)
    return chr(ord("a") + index % 12)
