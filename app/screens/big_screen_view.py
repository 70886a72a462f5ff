"""What the big screen shows, as values for its templates: one scene with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.domain.anonymity import FEW
from app.domain.themes import tint
from app.screens.figures import StandingVote, VoteFigures
from app.screens.result_sums import ResultSums

MOST_DOTS = 40
STRONG = 3
# Characters up to which a question fits at each size of type, largest first.
QUESTION_LENGTHS = (75, 110, 150, 215)
MOST_APART = 100
# While clustering, more statements without a theme than these are a number.
MOST_NAMED = 3
# As many columns up to so many themes: narrower ones would hold no more, since their lines are shorter.
COLUMNS = ((12, 4), (20, 5))
MOST_COLUMNS = 6
# Of statements of one line at the smallest size a column holds so many; shared by themes, with what these can spare.
MOST_IN_COLUMN = 24
SPARE_LINES = 30


@dataclass(frozen=True)
class ShownStatement:
    id: str
    text: str


@dataclass(frozen=True)
class ShownTheme:
    """A theme; `points` is None until its vote has closed, and where it got none.

    On the board `count` is how many statements are under it, of which `statements` are those that are sent.
    """

    name: str
    letter: str
    statements: tuple[ShownStatement, ...] = ()
    points: int | None = None
    id: int = 0
    count: int = 0
    by_hand: int | None = None

    @property
    def tint(self) -> str:
        """The class of its colour, the same as on the other screens."""
        return f"theme-{tint(self.letter)}"


@dataclass(frozen=True)
class ShownBoard:
    """The board, or the part of it that changed: `order` are the ids of all its themes, `moved` what moved last."""

    order: tuple[int, ...]
    themes: tuple[ShownTheme, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def columns(self) -> int:
        """By the number of themes alone, so that no theme changes its place when another grows."""
        return next((columns for most, columns in COLUMNS if len(self.order) <= most), MOST_COLUMNS)

    @property
    def most_in_theme(self) -> int:
        """How many statements of one theme a screen can hold when the themes above and below it have few."""
        rows = -(-len(self.order) // self.columns) or 1
        return min(MOST_IN_COLUMN, SPARE_LINES // rows)


@dataclass(frozen=True)
class People:
    """How many of `of` people did something; `number` is None while nobody can know."""

    number: int | None
    of: int

    @property
    def is_few(self) -> bool:
        return self.number is not None and self.number < FEW


@dataclass(frozen=True)
class JoinWay:
    """How people get in: `qr` is None where only this computer can reach the address; not at all unless `is_open`."""

    code: str | None
    address: str
    qr: Markup | None
    is_open: bool = True


@dataclass(frozen=True)
class Invitation:
    """How people put themselves on the attendance list; `qr` is None where only this computer can reach it."""

    address: str
    qr: Markup | None


@dataclass(frozen=True)
class Timer:
    seconds_left: int | None = None
    is_running: bool = False


@dataclass(frozen=True)
class ShownQuestion:
    """A question, or a pause: then without a number. `budget` and `round` are those of its open vote."""

    number: int | None
    of: int
    text: str
    budget: int = 0
    round: int = 1

    @property
    def step(self) -> int:
        """How many sizes smaller than the largest its text must be to fit, from 0 to 4."""
        return sum(len(self.text) > most for most in QUESTION_LENGTHS)


@dataclass(frozen=True)
class Result(ResultSums):
    """A closed vote, themes in order of points; `voters` is None with too few ballots, and then no theme has points.

    `standing` is the tally of a vote before it, where this one has none.
    `carried` is how many themes from the top a follow-up question was queued for, 0 when those are other ones.
    """

    themes: tuple[ShownTheme, ...]
    voters: int | None
    carried: int = 0
    round: int = 1
    figures: VoteFigures | None = None
    standing: StandingVote | None = None

    @property
    def strong(self) -> int:
        """How many themes from the top stand out: three with points, fewer where a tie would leave out its equal.

        Where no ballots tell of any points those counted by hand say it, as they do for the order.
        """
        given = [(theme.points if self.points else theme.by_hand) or 0 for theme in self.themes]
        edge = given[STRONG] if len(given) > STRONG else 0
        return sum(1 for number in given[:STRONG] if number > edge)

    @property
    def shows_dots(self) -> bool:
        return self.longest <= MOST_DOTS


@dataclass(frozen=True)
class ShownAction:
    text: str
    owner: str
    due: date | None
    is_done: bool


@dataclass(frozen=True)
class BigScreenView:
    """Everything on the big screen; `scene` (join, collect, themes, vote, result, pause, ended) says what is filled.

    `is_over`: the themes are the result, and not still being made; `not_voted`: although a vote was planned.
    `loose` counts the statements without a theme, of which `apart` are those that may be named.
    """

    seq: int
    key: str
    title: str
    group: str
    scene: str
    join: JoinWay
    connected: int = 0
    attendance: Invitation | None = None
    question: ShownQuestion | None = None
    timer: Timer = Timer()
    people: People | None = None
    statement_count: int = 0
    in_public: bool = False
    is_over: bool = False
    not_voted: bool = False
    statements: tuple[ShownStatement, ...] = ()
    themes: tuple[ShownTheme, ...] = ()
    board: ShownBoard | None = None
    loose: int = 0
    apart: tuple[ShownStatement, ...] = ()
    result: Result | None = None
    actions: tuple[ShownAction, ...] = ()

    @property
    def apart_shown(self) -> tuple[str, ...]:
        """As many statements without a theme as one line holds, the last one cut short if need be."""
        shown: list[str] = []
        room = MOST_APART
        for statement in self.apart:
            if room < 12:
                break
            shown.append(statement.text if len(statement.text) <= room else statement.text[: room - 1].rstrip() + "…")
            room -= len(shown[-1]) + 3
        return tuple(shown)
