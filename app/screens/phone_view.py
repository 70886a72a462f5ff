"""What the participant's phone can show, as typed values for its templates: for all the same, and what is own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.themes import LONGEST_THEME_NAME
from app.screens.figures import StandingVote, VoteFigures
from app.screens.result_sums import ResultSums


@dataclass(frozen=True)
class ShownStatement:
    id: str
    text: str


@dataclass(frozen=True)
class ShownTheme:
    """`points` is None for a theme without any, and in every phase but the result."""

    id: int
    name: str
    letter: str
    tint: str
    statements: tuple[ShownStatement, ...] = ()
    points: int | None = None
    by_hand: int | None = None


@dataclass(frozen=True)
class ShownQuestion:
    """A question, or a pause: then without a number.

    `themes` are those given beforehand, to write about, or those of the board where the participant `proposes` one for
    an own statement; `collects`: whether it asks for statements at all.
    `verifiable`: anyone can verify the vote that is to come.
    `statements` are those of the group while they are collected, None where the moderator has not switched that on.
    """

    id: int
    number: int | None
    text: str
    max_length: int
    collects: bool = True
    themes: tuple[ShownTheme, ...] = ()
    statements: tuple[ShownStatement, ...] | None = None
    proposes: bool = False
    verifiable: bool = False


@dataclass(frozen=True)
class Vote:
    """`limit` is None when somebody may put all points on one theme; `number` counts the votes on this question, and
    it is `verifiable` when ballots have a code."""

    round: int
    budget: int
    limit: int | None
    themes: tuple[ShownTheme, ...]
    number: int = 1
    verifiable: bool = False


@dataclass(frozen=True)
class Result(ResultSums):
    """`round` is None without a vote, and `not_voted` when one was planned.

    `is_few`: too few ballots, so nothing about points is here but `standing`, what a vote before told. `verifiable`
    when ballots have a code, and `tells_ballots` when there are enough of them for the report to tell each.
    """

    round: int | None
    themes: tuple[ShownTheme, ...]
    without_theme: tuple[ShownStatement, ...]
    is_few: bool = False
    not_voted: bool = False
    voters: int = 0
    follow_up_themes: int = 0
    verifiable: bool = False
    tells_ballots: bool = False
    figures: VoteFigures | None = None
    standing: StandingVote | None = None


@dataclass(frozen=True)
class AgreedAction:
    text: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class VerifiableVote:
    """A closed vote whose ballots the report tells: its round, the number of its question, and its own."""

    round: int
    question: int
    number: int


@dataclass(frozen=True)
class Ended:
    statements: int
    actions: tuple[AgreedAction, ...]
    report_is_shared: bool
    verifiable: tuple[VerifiableVote, ...] = ()


@dataclass(frozen=True)
class Timer:
    seconds_left: int
    is_running: bool


@dataclass(frozen=True)
class Own:
    """What only the asker may see: in the answer to the asker's own request, and in nothing that is pushed.

    `receipt` and `form_number` are those of this page's form, `text` and `theme` what was typed before and comes
    back; `points` (by theme) and `revision` are the own allocation in an open vote, `anchors` where each
    theme stands on this page; `said` is the sentence above the scene, of a kind ok, info, warn or error.
    """

    receipt: str
    form_number: str
    text: str = ""
    theme: int | None = None
    revision: int = 0
    points: Mapping[int, int] = field(default_factory=dict)
    is_ready: bool = False
    anchors: Mapping[int, str] = field(default_factory=dict)
    said: str = ""
    said_kind: str = ""


@dataclass(frozen=True)
class PhoneView:
    """`scene` is the key by which a phone knows whether it already shows this; of the rest only what it needs.

    `mark` tells one session from another that once had the same code. `takes_late`: what was typed in time may still
    be sent, for as long as this scene lasts, or for `late_seconds`. Nothing here differs from phone to phone.
    """

    code: str
    mark: str
    seq: int
    title: str
    group: str
    kind: str
    scene: str
    connected: int
    question_count: int
    question: ShownQuestion | None = None
    takes_late: bool = False
    late_seconds: int | None = None
    longest_theme_name: int = LONGEST_THEME_NAME
    timer: Timer | None = None
    vote: Vote | None = None
    result: Result | None = None
    ended: Ended | None = None
