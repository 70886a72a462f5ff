"""What a report holds: the outcome of a session as plain values, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.actions import ActionStatus, status_of
from app.domain.agenda import Kind
from app.domain.anonymity import is_few
from app.domain.attendance import ToldAttendance, told
from app.domain.report_questions import ReportQuestion
from app.domain.report_rounds import ReportRound


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
