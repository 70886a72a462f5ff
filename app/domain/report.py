"""What a report holds: the outcome of a session as plain values, the same for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.agenda import Kind
from app.domain.anonymity import is_few
from app.domain.attendance import ToldAttendance, told

HEAVIEST = 3


@dataclass(frozen=True)
class ReportFigure:
    """A theme in one round, as it was called then. `theme` is its id in the report, None when it was removed since;
    `points` None: none given, or withheld; `givers` None: none, or too few to tell."""

    theme: str | None
    letter: str
    name: str
    points: int | None = None
    givers: int | None = None


@dataclass(frozen=True)
class ReportRound:
    """One vote. `ballots` is None while it is open, and after the close when too few to stay secret."""

    number: int
    budget: int
    limit_per_theme: int | None
    closed: bool
    ballots: int | None
    figures: tuple[ReportFigure, ...]

    @property
    def points(self) -> int:
        """All points given; equals the sum of the figures in brackets."""
        return sum(figure.points or 0 for figure in self.figures)


@dataclass(frozen=True)
class ReportTheme:
    """A theme with its statements; `points` of the last closed round, None for no points. `position` is on the board,
    from 1, and None for a theme that was removed after points were given to it."""

    id: str
    letter: str
    name: str
    position: int | None = None
    points: int | None = None
    carried_from: str | None = None
    statements: tuple[str, ...] = ()


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
    unclustered: tuple[str, ...] = ()
    waiting: int = 0
    hidden: int = 0
    minutes: Mapping[str, int] = field(default_factory=dict)
    skipped: bool = False
    statements_on_phones: bool = False
    takes_proposals: bool = False

    @property
    def last_round(self) -> ReportRound | None:
        """The last vote that was closed: the one all figures come from."""
        return next((vote for vote in reversed(self.rounds) if vote.closed), None)

    @property
    def points(self) -> int:
        return sum(theme.points or 0 for theme in self.themes)

    @property
    def statement_count(self) -> int:
        return sum(len(theme.statements) for theme in self.themes) + len(self.unclustered)

    def heaviest(self) -> tuple[ReportTheme, ...]:
        """The first three themes, or fewer where a tie would leave out one that has as many points."""
        given = [theme for theme in self.themes if theme.points]
        if len(given) <= HEAVIEST or given[HEAVIEST - 1].points != given[HEAVIEST].points:
            return tuple(given[:HEAVIEST])
        return tuple(theme for theme in given if (theme.points or 0) > (given[HEAVIEST].points or 0))


@dataclass(frozen=True)
class ReportAction:
    """What was agreed; `theme` is the id of a theme in the report."""

    text: str
    theme: str | None = None
    owner: str = ""
    due: date | None = None
    done: bool = False


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
