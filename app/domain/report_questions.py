"""A question as a report tells it: what was asked, what people wrote under which theme, and its votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.hand_counts import weights
from app.domain.report_rounds import MovedTheme, ReportRound, moved, moved_by_hand

HEAVIEST = 3


@dataclass(frozen=True)
class ReportStatement:
    """What somebody wrote; one that was left out on request is `redacted`, and its text is empty."""

    text: str
    redacted: bool = False


@dataclass(frozen=True)
class ReportTheme:
    """A theme with its statements; `points` of the last closed round, None for no points, and `by_hand` beside them.
    `position` is on the board, from 1, and None for a theme that was removed after points were given to it."""

    id: str
    letter: str
    name: str
    position: int | None = None
    points: int | None = None
    carried_from: str | None = None
    statements: tuple[ReportStatement, ...] = ()
    by_hand: int | None = None

    @property
    def figure(self) -> str:
        """`(7)`, or nothing: a number in brackets is always points of ballots, and a zero is never written."""
        return f"({self.points})" if self.points else ""


@dataclass(frozen=True)
class ReportQuestion:
    """A question, or a pause with number 0: themes in result order, `unclustered` what has no theme, `waiting` how many
    are not mixed in yet, `hidden` how many were hidden. `budget` None is automatic: agreed when a vote starts."""

    id: str
    number: int
    text: str
    kind: str
    phases: tuple[str, ...]
    phase: str
    budget: int | None
    limit_per_theme: int | None
    max_length: int
    most_statements: int
    rounds: tuple[ReportRound, ...] = ()
    themes: tuple[ReportTheme, ...] = ()
    unclustered: tuple[ReportStatement, ...] = ()
    waiting: int = 0
    hidden: int = 0
    minutes: Mapping[str, int] = field(default_factory=dict)
    skipped: bool = False
    statements_on_phones: bool = False
    takes_proposals: bool = False
    verifiable: bool = False

    @property
    def redacted(self) -> int:
        """How many of its statements were left out on request."""
        texts = [*self.unclustered, *(text for theme in self.themes for text in theme.statements)]
        return sum(text.redacted for text in texts)

    @property
    def last_round(self) -> ReportRound | None:
        """The last vote that was closed: the one all figures come from."""
        return next((vote for vote in reversed(self.rounds) if vote.closed), None)

    @property
    def counted(self) -> tuple[ReportRound, ...]:
        """The closed votes with a tally; one that was withheld can be compared with nothing."""
        return tuple(vote for vote in self.rounds if vote.closed and vote.ballots is not None)

    @property
    def moved(self) -> tuple[MovedTheme, ...]:
        """The themes of the counted votes beside each other; empty below two of them."""
        return moved(self.counted)

    @property
    def counted_by_hand(self) -> tuple[ReportRound, ...]:
        """The closed votes that hands alone decided, which compare with each other only."""
        return tuple(vote for vote in self.rounds if vote.is_by_hand_alone)

    @property
    def moved_by_hand(self) -> tuple[MovedTheme, ...]:
        """The themes of those beside each other; empty below two of them."""
        return moved_by_hand(self.counted_by_hand)

    @property
    def points(self) -> int:
        return sum(theme.points or 0 for theme in self.themes)

    @property
    def statement_count(self) -> int:
        return sum(len(theme.statements) for theme in self.themes) + len(self.unclustered)

    @property
    def weights(self) -> Mapping[str, int]:
        """What orders the themes that weigh anything, by id: points, or where no ballot tells any, those by hand."""
        by_hand = {theme.id: theme.by_hand for theme in self.themes if theme.by_hand}
        ordering = weights({theme.id: theme.points for theme in self.themes}, by_hand)
        return {theme: weight for theme, weight in ordering.items() if weight}

    @property
    def most(self) -> int:
        """The largest number of points, against which bars are drawn."""
        return max((theme.points or 0 for theme in self.themes), default=0)

    @property
    def equals_at_the_top(self) -> tuple[int, int]:
        """How many themes weigh as much as the heaviest, and how much that is. There must be `weights`."""
        heaviest = max(self.weights.values())
        return sum(1 for weight in self.weights.values() if weight == heaviest), heaviest

    @property
    def is_by_hand_alone(self) -> bool:
        """Whether hands alone say what weighs most: nobody voted by phone, or too few to stay secret."""
        return not self.points and bool(self.weights)

    def heaviest(self) -> tuple[ReportTheme, ...]:
        """The first three themes by `weights`, or fewer where a tie would leave out one that weighs as much."""
        weight = self.weights
        given = [theme for theme in self.themes if theme.id in weight]
        if len(given) <= HEAVIEST or weight[given[HEAVIEST - 1].id] != weight[given[HEAVIEST].id]:
            return tuple(given[:HEAVIEST])
        return tuple(theme for theme in given if weight[theme.id] > weight[given[HEAVIEST].id])
