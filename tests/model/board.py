"""The board as the method describes it: themes in order, statements under them or loose, and steps to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.model.words import Page, Refused

Key = tuple[str, int]
"""A statement: its receipt, and how often it came back after it was retracted; then it is another one on the board."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Board:
    """`under` lists the statements of a theme, or the loose ones (None), hidden ones too, in order."""

    order: list[int] = field(default_factory=list)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    under: dict[int | None, list[Key]] = field(default_factory=lambda: {None: []})
    hidden: set[Key] = field(default_factory=set)

    @property
    def statements(self) -> list[Key]:
        return [key for inside in self.under.values() for key in inside]

    def copy(self) -> Board:
        inside = {theme: list(keys) for theme, keys in self.under.items()}
        return Board(list(self.order), dict(self.names), inside, set(self.hidden))

    def add_theme(self, theme: int, name: str) -> None:
        taken = {letter for _, letter in self.names.values()}
        self.order.append(theme)
        self.names[theme] = (name, next(letter for letter in LETTERS if letter not in taken))
        self.under[theme] = []

    def drop_theme(self, theme: int) -> None:
        assert not self.under.pop(theme), "a theme goes without its statements only"
        self.order.remove(theme)
        del self.names[theme]

    def lay(self, chosen: Sequence[Key], theme: int | None) -> None:
        """At the end, in the given order, wherever they lay before."""
        for inside in self.under.values():
            inside[:] = [key for key in inside if key not in chosen]
        self.under[theme] += chosen

    def take_off(self, key: Key) -> None:
        """A retracted statement is nowhere."""
        for inside in self.under.values():
            if key in inside:
                inside.remove(key)
        self.hidden.discard(key)

    def back_to(self, snapshot: Board) -> Board:
        """As in the snapshot; what was retracted since stays away, and what came since stays where it lies."""
        here = set(self.statements)
        back = snapshot.copy()
        for key in set(back.statements) - here:
            back.take_off(key)
        for theme, inside in self.under.items():
            came = [key for key in inside if key not in snapshot.statements]
            if came:
                back.under[theme] += came
        return back


@dataclass
class Step:
    """One move: the board before and after, what it touched, and who made, undid or redid it at which seq.

    `unsure` once chance has given something it touched another place among the loose ones: it may then be refused.
    """

    before: Board
    after: Board
    themes: frozenset[int]
    statements: frozenset[Key]
    who: str
    seq: int
    shuffles: int
    undone: bool = False
    unsure: bool = False

    @property
    def takes_away(self) -> frozenset[int]:
        return frozenset(self.before.names.keys() - self.after.names.keys())


@dataclass
class History:
    """The steps of one board, oldest first: done ones, then undone ones."""

    steps: list[Step] = field(default_factory=list)

    def check_fresh(self, page: Page, themes: Iterable[int], statements: Iterable[Key], target: int | None) -> None:
        """A form is stale when a later step touched what it touches, or took its target away."""
        for later in self.steps:
            if later.seq <= page.seq:
                continue
            if later.themes & set(themes) or later.statements & set(statements) or target in later.takes_away:
                raise Refused("the page is stale")

    def add(self, step: Step) -> None:
        """What was undone can't be redone any more."""
        self.steps = [known for known in self.steps if not known.undone] + [step]

    def last_done(self) -> Step:
        done = [step for step in self.steps if not step.undone]
        if not done:
            raise Refused("there is nothing to undo")
        return done[-1]

    def first_undone(self) -> Step:
        undone = [step for step in self.steps if step.undone]
        if not undone:
            raise Refused("there is nothing to redo")
        return undone[0]

    def check_own_since(self, page: Page, who: str) -> None:
        """The label of undo named another step when somebody else moved since."""
        if any(step.who != who for step in self.steps if step.seq > page.seq):
            raise Refused("the page is stale")

    def shuffled(self, keys: Iterable[Key]) -> None:
        loose = set(keys)
        for step in self.steps:
            step.unsure = step.unsure or bool(step.statements & loose)
