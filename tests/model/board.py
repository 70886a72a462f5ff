"""The board as the method describes it: themes in order, and statements under them or loose, each at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, int]
"""A statement: its receipt, and how often it came back after it was retracted; then it is another one on the board."""
Thing = tuple[str, Any]
"""One thing of the board that can be otherwise: `there`, `name`, `letter` or `place` of a theme, `lies` or `hidden` of
a statement."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NewPlace:
    """A place given just now. What the file calls it is learned; the model only asks whether it is the same."""


@dataclass
class Board:
    """`under` lists the statements of a theme, or the loose ones (None), hidden ones too, in order.

    `marks` are the places of themes and of statements in their lists: who comes back to a place has its mark again.
    """

    order: list[int] = field(default_factory=list)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    under: dict[int | None, list[Key]] = field(default_factory=lambda: {None: []})
    hidden: set[Key] = field(default_factory=set)
    marks: dict[int | Key, Any] = field(default_factory=dict)

    @property
    def statements(self) -> list[Key]:
        return [key for inside in self.under.values() for key in inside]

    def copy(self) -> Board:
        inside = {theme: list(keys) for theme, keys in self.under.items()}
        return Board(list(self.order), dict(self.names), inside, set(self.hidden), dict(self.marks))

    def is_like(self, other: Board) -> bool:
        """Whether all is in the same order, whatever places were given for it."""
        return (self.order, self.names, self.under, self.hidden) == (
            other.order,
            other.names,
            other.under,
            other.hidden,
        )

    def things(self) -> dict[Thing, Any]:
        """All that a move can change, and how it is now."""
        told: dict[Thing, Any] = {}
        for theme, (name, letter) in self.names.items():
            told |= {("there", theme): True, ("name", theme): name, ("letter", theme): letter}
            told["place", theme] = self.marks[theme]
        for theme_or_none, inside in self.under.items():
            for key in inside:
                told["lies", key] = (theme_or_none, self.marks[key])
                told["hidden", key] = key in self.hidden
        return told

    # ------------------------------------------------------------------ what a move does

    def add_theme(self, theme: int, name: str, kept: frozenset[str] = frozenset(), behind: int | None = None) -> None:
        """At the end or right behind another, with the first letter that is free and not kept for another theme."""
        taken = {letter for _, letter in self.names.values()} | kept
        self.order.insert(self.order.index(behind) + 1 if behind else len(self.order), theme)
        self.names[theme] = (name, next(letter for letter in LETTERS if letter not in taken))
        self.under[theme] = []
        self.marks[theme] = NewPlace()

    def drop_theme(self, theme: int) -> None:
        assert not self.under.pop(theme), "a theme goes without its statements only"
        self.order.remove(theme)
        del self.names[theme], self.marks[theme]

    def lay(self, chosen: Sequence[Key], theme: int | None, before: Key | None = None) -> None:
        """In the given order, before one that stays or at the end, wherever they lay."""
        for inside in self.under.values():
            inside[:] = [key for key in inside if key not in chosen]
        there = self.under[theme]
        place = there.index(before) if before else len(there)
        there[place:place] = chosen
        self.marks |= {key: NewPlace() for key in chosen}

    def order_at(self, theme: int, place: int) -> None:
        self.order.remove(theme)
        self.order.insert(place, theme)
        self.marks[theme] = NewPlace()

    def source_of(self, chosen: Sequence[Key]) -> int | None:
        """The one theme that all of these lie under."""
        sources = {theme for theme, inside in self.under.items() if set(chosen) & set(inside)}
        return sources.pop() if len(sources) == 1 else None

    def take_off(self, key: Key) -> None:
        """A retracted statement is nowhere."""
        for inside in self.under.values():
            if key in inside:
                inside.remove(key)
        self.hidden.discard(key)
        self.marks.pop(key, None)

    # ------------------------------------------------------------------ what a step back does

    def make(self, values: Mapping[Thing, Any]) -> None:
        """Make these things so. Themes come before what lies under them and go after it; order is told by the marks."""
        for (what, theme), there in values.items():
            if what == "there" and there:
                self.order.append(theme)
                self.under[theme] = []
        for (what, whose), value in values.items():
            if value is not None and not (what in ("lies", "hidden") and whose not in self.marks):
                self._make(what, whose, value)
        for (what, theme), there in values.items():
            if what == "there" and not there:
                self.drop_theme(theme)

    def _make(self, what: str, whose: Any, value: Any) -> None:
        name, letter = self.names.get(whose, ("", ""))
        if what == "name":
            self.names[whose] = (value, letter)
        if what == "letter":
            self.names[whose] = (name, value)
        if what == "place":
            self.marks[whose] = value
        if what == "lies":
            theme, mark = value
            self.lay([whose], theme)
            self.marks[whose] = mark
        if what == "hidden":
            self.hidden = self.hidden | {whose} if value else self.hidden - {whose}
