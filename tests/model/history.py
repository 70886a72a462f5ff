"""Undo as the method describes it: a history for each who leads, and a question where it would overwrite another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.model.board import Board, Key, Thing
from tests.model.words import Page, Refused


@dataclass
class Step:
    """A move: how the things it changed were before it and after it, and who did or undid it last at which seq.

    It has left its history when it was `let_go`: passed over, or ended by a new move after it was undone. `letters` are
    those of the themes it speaks of.
    """

    before: dict[Thing, Any]
    after: dict[Thing, Any]
    who: str
    seq: int
    letters: frozenset[str] = frozenset()
    undone: bool = False
    let_go: bool = False

    @property
    def stands(self) -> dict[Thing, Any]:
        """How it left the things it changed."""
        return self.before if self.undone else self.after

    @property
    def wanted(self) -> dict[Thing, Any]:
        """How they will be when it is undone or, undone, done again."""
        return self.after if self.undone else self.before

    def is_about_statements_alone(self) -> bool:
        return all(what in ("lies", "hidden") for what, _ in self.after)


def touched(things: Iterable[Thing]) -> set[Any]:
    """The themes and statements that these things are of."""
    return {whose for _, whose in things}


def changed(before: Board, after: Board) -> tuple[dict[Thing, Any], dict[Thing, Any]]:
    """What differs between two boards, as it was and as it is."""
    old, new = before.things(), after.things()
    things = [thing for thing in {**old, **new} if old.get(thing) != new.get(thing)]
    return {thing: old.get(thing) for thing in things}, {thing: new.get(thing) for thing in things}


@dataclass
class History:
    """The steps of one board, oldest first; each moderator has `most` of them."""

    most: int = 100
    steps: list[Step] = field(default_factory=list)
    begun: tuple[Board, str, int] | None = None
    """A move just made, by whom and at which seq: what it changed is known when the marks of its places are."""

    # ------------------------------------------------------------------ moves

    def check_fresh(self, page: Page, about: set[Any], target: int | None) -> None:
        """A form is stale when a later step of anybody touched what it touches, or took its target away."""
        for later in self.steps:
            takes_away = target is not None and ("there", target) in later.after and not later.after["there", target]
            if later.seq > page.seq and (touched(later.after) & about or takes_away):
                raise Refused("the page is stale")

    def kept_letters(self, who: str) -> frozenset[str]:
        """Letters of themes that another moderator may bring back."""
        return frozenset(
            letter for step in self.steps if step.who != who and not step.let_go for letter in step.letters
        )

    def begin(self, before: Board, who: str, seq: int) -> None:
        self.begun = before, who, seq

    def complete(self, now: Board) -> None:
        """The move becomes a step. What its maker undid can't be redone any more, and the oldest are forgotten."""
        if self.begun is None:
            return
        (before, who, seq), self.begun = self.begun, None
        for step in self._own(who):
            step.let_go = step.let_go or step.undone
        old, new = changed(before, now)
        themes = touched(old) & {*before.names, *now.names}
        letters = frozenset(board.names[theme][1] for board in (before, now) for theme in themes & board.names.keys())
        self.steps.append(Step(old, new, who, seq, letters))
        for let_go in (False, True):
            for step in [one for one in self._own(who) if one.let_go == let_go][: -self.most]:
                self.steps.remove(step)

    # ------------------------------------------------------------------ steps back and on

    def last_done(self, who: str) -> Step:
        done = [step for step in self._own(who) if not step.undone and not step.let_go]
        if not done:
            raise Refused("there is nothing to undo")
        return done[-1]

    def first_undone(self, who: str) -> Step:
        undone = [step for step in self._own(who) if step.undone and not step.let_go]
        if not undone:
            raise Refused("there is nothing to redo")
        return undone[0]

    def in_the_way(self, board: Board, step: Step) -> set[Thing]:
        """What the step would overwrite, or can't do without; of retracted statements there is nothing to overwrite."""
        now = board.things()
        gone = touched(step.after) - board.marks.keys()
        changed_by_others = {thing for later in self._later(step) for thing in later.after}
        overwritten = {
            thing
            for thing, left in step.stands.items()
            if (now.get(thing) != left or thing in changed_by_others) and not _is_retracted(thing, gone)
        }
        return overwritten | _can_not_be_done(board, step, gone)

    def _later(self, step: Step) -> list[Step]:
        """Done after it, and not the same moderator's to take back first."""
        later = [one for one in self.steps if one.seq > step.seq and not one.undone]
        return [one for one in later if one.who != step.who or one.let_go]

    def _own(self, who: str) -> list[Step]:
        return [step for step in self.steps if step.who == who]


def rest(board: Board, step: Step, obstacles: set[Thing]) -> list[Key]:
    """The statements that can still go where others stay; none when it is all or nothing."""
    if not step.is_about_statements_alone() or any(what not in ("lies", "hidden") for what, _ in obstacles):
        return []
    return [key for key in board.statements if key in touched(step.after) - touched(obstacles)]


def _is_retracted(thing: Thing, gone: set[Any]) -> bool:
    what, whose = thing
    return what in ("lies", "hidden") and whose in gone


def _can_not_be_done(board: Board, step: Step, gone: set[Any]) -> set[Thing]:
    """A theme with something else in it can't go, a letter can't be given twice, and nothing lies under no theme."""
    there = {theme for what, theme in step.wanted if what == "there" and step.wanted[what, theme]}
    goes = {theme for what, theme in step.wanted if what == "there"} - there
    letters = {letter: theme for theme, (_, letter) in board.names.items()}
    parts: set[Thing] = set()
    for theme in goes & board.names.keys():
        if set(board.under[theme]) - touched(step.after):
            parts.add(("list", theme))
    for theme in there:
        if step.wanted["letter", theme] in letters:
            parts.add(("letter", letters[step.wanted["letter", theme]]))
    for (what, key), place in step.wanted.items():
        if what == "lies" and key not in gone and place[0] not in {None, *board.names, *there}:
            parts.add(("there", place[0]))
    return parts
