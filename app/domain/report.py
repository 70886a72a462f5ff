"""What a report holds: the outcome of a session as plain values, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.actions import ActionStatus, status_of
from app.domain.agenda import Kind
from app.domain.anonymity import is_few
from app.domain.attendance import ToldAttendance, told
from app.domain.figures import TOP, places, shared, unspent
from app.domain.hand_counts import weights
from app.domain.rounds import Change, compare

HEAVIEST = 3


@dataclass(frozen=True)
class ReportStatement:
    """What somebody wrote; one that was left out on request is `redacted`, and its text is empty."""

    text: str
    redacted: bool = False


@dataclass(frozen=True)
class ReportFigure:
    """A theme in one round, as it was called then. `theme` is its id in the report, None when it was removed since;
    `points` None: none given, or withheld; `givers` None: none, or too few to tell; `by_hand` points counted on paper
    or by raised hands, None where nobody counted; `spread` how far apart the ballots are, None where not told."""

    theme: str | None
    letter: str
    name: str
    points: int | None = None
    givers: int | None = None
    by_hand: int | None = None
    spread: float | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """By which the same theme is known in another vote on its question, also when it was removed since."""
        return (self.theme,) if self.theme else (self.letter, self.name)


@dataclass(frozen=True)
class ReportMove:
    """A theme in two votes on a question, as it was called in the later one it was in, and what moved."""

    letter: str
    name: str
    change: Change


@dataclass(frozen=True)
class ReportBallot:
    """One ballot of a vote that anyone can verify: the code its voter may know, and points by place among `figures`."""

    code: str | None
    points: tuple[int, ...]


@dataclass(frozen=True)
class ReportRound:
    """One vote. `ballots` is None while it is open, and after the close when too few to stay secret.

    `stable`: whether the first three would stand in the same order without any one ballot, None where not known.
    `each` holds every ballot in random order, only of a vote that anyone can verify and from ten ballots up.
    """

    number: int
    budget: int
    limit_per_theme: int | None
    closed: bool
    ballots: int | None
    figures: tuple[ReportFigure, ...]
    stable: bool | None = None
    verifiable: bool = False
    each: tuple[ReportBallot, ...] = ()

    @property
    def points(self) -> int:
        """All points given; equals the sum of the figures in brackets."""
        return sum(figure.points or 0 for figure in self.figures)

    @property
    def by_hand(self) -> int | None:
        """All points counted by hand, beside `points` and never in them; None where nobody counted."""
        counted = [figure.by_hand for figure in self.figures if figure.by_hand is not None]
        return sum(counted) if counted else None

    @property
    def unspent(self) -> int | None:
        """Points that those who voted did not give; None where the tally is withheld."""
        return None if self.ballots is None else unspent(self.ballots, self.budget, self.points)

    @property
    def places(self) -> tuple[int | None, ...]:
        """The place of each of `figures` by points, from 1: equal points share one, without points there is none."""
        return tuple(places([figure.points for figure in self.figures]))

    @property
    def top(self) -> int:
        """How many themes `stable` is about: the first three, or fewer where fewer have points."""
        return min(TOP, sum(1 for figure in self.figures if figure.points))

    @property
    def shared(self) -> tuple[bool, ...]:
        """Whether each of `figures` ties with another."""
        return tuple(shared([figure.points for figure in self.figures]))


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
    def compared(self) -> tuple[ReportRound, ReportRound] | None:
        """The last closed vote and the one before it that has a tally, earlier first; None unless both have one."""
        last = self.last_round
        if last is None or last.ballots is None:
            return None
        earlier = [vote for vote in self.rounds if vote.number < last.number and vote.ballots is not None]
        return (earlier[-1], last) if earlier else None

    @property
    def moved(self) -> tuple[ReportMove, ...]:
        """What moved between the votes of `compared`: themes of the last by falling points, then those gone since."""
        if self.compared is None:
            return ()
        before, now = ({figure.key: figure for figure in vote.figures} for vote in self.compared)
        order = sorted(now, key=lambda key: -(now[key].points or 0))
        changes = compare({key: before[key].points for key in before}, {key: now[key].points for key in order})
        named = {**before, **now}
        return tuple(ReportMove(named[key].letter, named[key].name, change) for key, change in changes.items())

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


@dataclass(frozen=True)
class ReportAction:
    """What was agreed; `theme` is the id of a theme in the report. `carried`: it goes on in a later session; `uid` is
    its name in calendars. `overdue` is so on the day the report is made, and therefore nothing an archive keeps."""

    text: str
    theme: str | None = None
    owner: str = ""
    due: date | None = None
    done: bool = False
    carried: bool = False
    uid: str = ""
    overdue: bool = field(default=False, compare=False)

    @property
    def status(self) -> ActionStatus:
        return status_of(self.done, self.carried)

    @property
    def ownerless(self) -> bool:
        """Still to be done, and by nobody yet."""
        return self.status == ActionStatus.OPEN and not self.owner


@dataclass(frozen=True)
class ReportAttendee:
    name: str
    role: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that is told of a session afterwards; no key of the database is in it but the session's own id."""

    session_id: int
    code: str | None
    title: str
    group: str
    held_on: date
    language: str
    status: str
    mixing: bool
    shared: bool = False
    questions: tuple[ReportQuestion, ...] = ()
    actions: tuple[ReportAction, ...] = ()
    attendees: tuple[ReportAttendee, ...] = ()
    starts_at: str | None = None
    names_in_report: bool = False
    roles_in_report: bool | None = None
    made_at: datetime | None = field(default=None, compare=False)
    """When it was made, in UTC: not a part of what it tells, and of no statement."""

    @property
    def attendance(self) -> ToldAttendance:
        """What may be told of who was there; `attendees` is the whole list, for the archive alone."""
        people = [(person.name, person.role) for person in self.attendees]
        return told(people, self.names_in_report, self.roles_in_report)

    @property
    def asked(self) -> tuple[ReportQuestion, ...]:
        """The agenda without its pauses, which only the archive holds."""
        return tuple(question for question in self.questions if question.kind != Kind.PAUSE)

    @property
    def names(self) -> dict[str, str]:
        """Theme ids to names, for whoever refers to a theme."""
        return {theme.id: theme.name for question in self.questions for theme in question.themes}

    @property
    def closed_rounds(self) -> tuple[ReportRound, ...]:
        """The last closed vote of each question that had one."""
        return tuple(vote for question in self.questions if (vote := question.last_round))

    @property
    def voters(self) -> int | None:
        """How many gave points, where most did; None when too few to tell, or when nothing was voted on."""
        most = max((vote.ballots or 0 for vote in self.closed_rounds), default=0)
        return None if is_few(most) else most

    @property
    def statement_count(self) -> int:
        return sum(question.statement_count for question in self.questions)

    @property
    def theme_count(self) -> int:
        """Themes found; one carried into a follow-up is not counted twice."""
        return sum(1 for question in self.questions for theme in question.themes if theme.carried_from is None)

    @property
    def points(self) -> int:
        return sum(question.points for question in self.questions)
