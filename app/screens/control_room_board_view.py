"""The board as the control room shows it, and what moved on it, as typed values for its templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.history import Step
from app.domain.themes import tint
from app.screens.board_pieces import Occasion
from app.store.tables import Question


@dataclass(frozen=True)
class ShownStatement:
    id: str
    text: str


@dataclass(frozen=True)
class ShownTheme:
    id: int
    name: str
    letter: str
    statements: tuple[ShownStatement, ...] = ()
    points: int | None = None
    counted: int | None = None

    @property
    def count(self) -> int:
        """How many statements it has, also where they were only counted."""
        return len(self.statements) if self.counted is None else self.counted

    @property
    def tint(self) -> str:
        return tint(self.letter)


@dataclass(frozen=True)
class OwnHistory:
    """What undo and redo would do for one of the moderators who lead."""

    moderator: int
    undo: Step | None = None
    redo: Step | None = None


@dataclass(frozen=True)
class ProposedTheme:
    """A new theme that participants propose, and the statements whose writers did."""

    name: str
    statements: tuple[ShownStatement, ...]


@dataclass(frozen=True)
class ShownProposals:
    """What writers propose for their own statements: by theme (id), and new themes; how many were put aside.

    `are_there`: there are some, be it that they are so already.
    """

    is_on: bool = False
    are_there: bool = False
    by_theme: Mapping[int, tuple[ShownStatement, ...]] = field(default_factory=dict)
    new: tuple[ProposedTheme, ...] = ()
    ignored: int = 0


@dataclass(frozen=True)
class Stacks:
    """Ids of statements that say the same, the most central of each stack first; `has_apart`: some were unstacked."""

    several: tuple[tuple[str, ...], ...] = ()
    has_apart: bool = False


@dataclass(frozen=True)
class Board:
    """The inbox and the themes; `held` late statements wait to come in together, `hidden` ones are nowhere else."""

    inbox: tuple[ShownStatement, ...]
    themes: tuple[ShownTheme, ...]
    held: int = 0
    histories: tuple[OwnHistory, ...] = ()
    hidden: tuple[ShownStatement, ...] = ()
    stacks: Stacks = Stacks()
    inbox_counted: int | None = None
    proposals: ShownProposals = ShownProposals()

    @property
    def inbox_count(self) -> int:
        """How many are still to group, also where they were only counted."""
        return len(self.inbox) if self.inbox_counted is None else self.inbox_counted

    @property
    def grouped(self) -> int:
        return sum(theme.count for theme in self.themes)

    @property
    def statement_count(self) -> int:
        return self.grouped + self.inbox_count


@dataclass(frozen=True)
class Run:
    """Statements that lie behind one another in a list (a theme's id, None for the inbox).

    `after` is the statement before the first, None at the top.
    """

    theme: int | None
    after: str | None
    statements: tuple[ShownStatement, ...]


@dataclass(frozen=True)
class BoardMoves:
    """What moved on a board, as it lies now; `order` is of all themes, None where none came, went or changed.

    `gone` statements are not shown any more; `counted` are themes of which only the number of statements changed.
    """

    runs: tuple[Run, ...] = ()
    gone: tuple[str, ...] = ()
    themes: tuple[ShownTheme, ...] = ()
    counted: tuple[ShownTheme, ...] = ()
    order: tuple[int, ...] | None = None


@dataclass(frozen=True)
class DrawnOn:
    """What the forms in a piece carry of the page it is on, and of the board what the piece shows."""

    session: int
    seq: int
    phase: str
    question: Question
    board: Board | None = None


def drawn_on(occasion: Occasion, board: Board | None = None) -> DrawnOn:
    """The view of a piece that needs nothing of the rest of the control room."""
    question = occasion.question
    return DrawnOn(int(occasion.session.id or 0), occasion.seq, question.phase, question, board)
