"""What the control room shows in each phase, as typed values for its templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.domain.hand_counts import MOST_BY_HAND
from app.domain.hand_counts import total as total_by_hand
from app.domain.presence import Presence
from app.domain.themes import tint
from app.screens.control_room_board_view import Board, BoardMoves, ShownStatement, ShownTheme
from app.screens.figures import StandingVote, VoteFigures
from app.screens.hand_figures import HandFigures
from app.screens.result_sums import ResultSums
from app.screens.suggestions_view import SuggestionsView

# The themes that are proposed for a follow-up question, and all that weigh as much as the last of them.
PRESELECTED = 3


@dataclass(frozen=True)
class People:
    """How many of `of` people did something: `number` is None when fewer than 3, or unknown after a restart."""

    number: int | None
    of: int
    is_known: bool = True

    @property
    def remaining(self) -> int | None:
        """How many did not; None where telling it would tell of one or two people."""
        rest = self.of - self.number if self.number is not None else 0
        return rest if rest >= 3 else None


@dataclass(frozen=True)
class AgendaStep:
    """One phase of a question; `mark` is done, current, ahead or skipped."""

    phase: str
    mark: str


@dataclass(frozen=True)
class AgendaQuestion:
    """One item in the rail; `number` is None for a pause, `points` until its vote has closed with a tally.

    `mark` is done, current, ahead or skipped: to be passed over.
    """

    id: int
    number: int | None
    text: str
    mark: str
    steps: tuple[AgendaStep, ...]
    statements: int = 0
    grouped: int = 0
    themes: int = 0
    points: int | None = None


@dataclass(frozen=True)
class Timer:
    """The phase's clock; `seconds_left` is None while it was not started, `minutes` what starting it gives."""

    seconds_left: int | None = None
    is_running: bool = False
    minutes: int = 5


@dataclass(frozen=True)
class JoinLink:
    """How people get in: `qr` is None where the address can only be reached on this computer."""

    code: str | None
    url: str
    qr: Markup | None
    is_open: bool = True


@dataclass(frozen=True)
class Collecting:
    statements: tuple[ShownStatement, ...]
    mixing: int
    on_big_screen: bool
    on_phones: bool = False
    takes_new: bool = True


@dataclass(frozen=True)
class VoteSettings:
    """`most_per_theme` is None when somebody may put all points on one theme; `verifiable` when ballots have a code."""

    budget: int
    most_per_theme: int | None
    round: int = 1
    verifiable: bool = False


@dataclass(frozen=True)
class FollowUpChoice:
    """A theme that a follow-up question may carry; those not from this question's result are folded away."""

    theme: int
    name: str
    points: int | None
    question: int | None
    is_chosen: bool
    is_own: bool
    by_hand: int | None = None


@dataclass(frozen=True)
class HandCounting:
    """The form for points counted by hand: of one round (its id), a field for each theme that was voted on."""

    round: int
    themes: tuple[ShownTheme, ...]
    is_tallied: bool

    @property
    def total(self) -> int | None:
        """All points counted by hand; None where nobody counted."""
        return total_by_hand(theme.by_hand for theme in self.themes)


@dataclass(frozen=True)
class TypedCounts:
    """A form for points counted by hand that was refused: `fields` are what was changed in it, theme ids to what stood
    there (empty: nothing) and what was typed; `wrong` those that are no whole number up to `most`. `message` stands in
    the form where no script can show it as a notice."""

    round: int
    fields: Mapping[int, tuple[str, str]]
    wrong: frozenset[int]
    message: str = ""
    most: int = MOST_BY_HAND


@dataclass(frozen=True)
class Result(ResultSums):
    """The closed vote, or the themes as they are when there was none (`has_vote` False); `was_planned` tells that
    there was to be one. `is_few` means fewer than 3 ballots with a point: then nothing about points is here.
    `connected` is how many were here at the close, where fewer than gave a ballot; else None. `figures` is None
    without a tally: then `hands` may tell, and `standing` is what a vote before told. `counting` is there once the vote
    is closed.
    """

    themes: tuple[ShownTheme, ...]
    without_theme: tuple[ShownStatement, ...]
    has_vote: bool = True
    was_planned: bool = False
    is_few: bool = False
    voters: int | None = None
    connected: int | None = None
    round: int = 1
    figures: VoteFigures | None = None
    hands: HandFigures | None = None
    standing: StandingVote | None = None
    follow_ups: tuple[FollowUpChoice, ...] = ()
    counting: HandCounting | None = None

    @property
    def statement_count(self) -> int:
        return sum(len(theme.statements) for theme in self.themes) + len(self.without_theme)

    @property
    def chosen_for_a_tie(self) -> int:
        """How many themes more than usual are proposed for the follow-up question, since they tie with the last one."""
        return max(0, sum(choice.is_chosen for choice in self.follow_ups) - PRESELECTED)


@dataclass(frozen=True)
class EndedTheme:
    """A theme of an ended session; one that was removed since it was voted on can't be renamed."""

    id: int
    name: str
    letter: str
    points: int | None
    may_be_renamed: bool
    by_hand: int | None = None

    @property
    def tint(self) -> str:
        return tint(self.letter)


@dataclass(frozen=True)
class EndedQuestion:
    number: int
    text: str
    themes: tuple[EndedTheme, ...]
    counting: HandCounting | None = None


@dataclass(frozen=True)
class Ended:
    questions: int
    statements: int
    themes: int
    report_is_shared: bool
    themes_by_question: tuple[EndedQuestion, ...] = ()
    asked: int = 0
    """How many statements their writers ask to leave out."""


@dataclass(frozen=True)
class ControlRoomView:
    """Everything on the control room; of `board`, `collecting`, `result`, `ended` only what the phase shows.

    `moved` is only there for who has the rest of the board already; the board's statements are then only counted.

    `phase` is also draft or ended, of the session. `next_step` is start, cluster, vote, result, close_vote, question
    (`next_number`), pause, end or None; `back_to` a phase or None. `skips`: whether the rest can be skipped.
    `dated_count` is how many action items a calendar can show, `seats` how many took part, `leading` who leads with
    whom, and what each did last. `listed`: the words on the action list, where the answers that are shown can be put on
    it.
    """

    session: int
    seq: int
    title: str
    group: str
    day: date
    phase: str
    question: AgendaQuestion | None
    agenda: tuple[AgendaQuestion, ...]
    join: JoinLink
    big_screen: str
    connected: int
    timer: Timer
    seats: int = 0
    leading: Presence = Presence()
    action_count: int = 0
    dated_count: int = 0
    attendee_count: int = 0
    next_step: str | None = None
    next_number: int | None = 1
    back_to: str | None = None
    skips: bool = False
    may_correct: bool = False
    submitted: People | None = None
    ready: People | None = None
    collecting: Collecting | None = None
    board: Board | None = None
    suggestions: SuggestionsView | None = None
    moved: BoardMoves | None = None
    vote: VoteSettings | None = None
    result: Result | None = None
    listed: frozenset[str] | None = None
    ended: Ended | None = None
    typed_counts: TypedCounts | None = None

    @property
    def counted_rounds(self) -> frozenset[int]:
        """The rounds that hands can be counted for on this page."""
        forms = [self.result.counting] if self.result else []
        forms += [question.counting for question in self.ended.themes_by_question] if self.ended else []
        return frozenset(form.round for form in forms if form)

    @property
    def has_results(self) -> bool:
        """Whether there is a result to publish, of which something may have to be left out."""
        return self.phase in ("result", "ended") or any(one.mark == "done" for one in self.agenda)


@dataclass(frozen=True)
class AttendeeRow:
    id: str
    name: str
    role: str


@dataclass(frozen=True)
class AttendanceView:
    """The list; `standing` is that of domain.attendance, and what the report tells. `roles_wanted` None: by size."""

    session: int
    seq: int
    rows: tuple[AttendeeRow, ...]
    standing: str = "off"
    tells_names: bool = False
    roles_wanted: bool | None = None
    tells_roles: bool = False
