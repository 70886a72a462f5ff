"""The settings of a question, and until when each may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.ballots import LARGEST_BUDGET, check_spendable
from app.domain.limits import LARGEST_MOST_STATEMENTS, MOST_STATEMENTS
from app.domain.phases import PAUSE_ONLY, WITH_VOTE, Phase, check_phases
from app.domain.refusals import Reason, Refusal
from app.domain.statements import LENGTHS, check_line
from app.domain.themes import LONGEST_THEME_NAME, MOST_THEMES

LONGEST_QUESTION = 300
LONGEST_NAME = 200
MOST_MINUTES = 240
USUAL_MINUTES: Mapping[str, int] = {Phase.COLLECT: 10, Phase.CLUSTER: 12, Phase.VOTE: 5, Phase.RESULT: 8}
"""What a new question gets, so that nothing has to be filled in."""
USUAL_PAUSE = 15


class Kind(StrEnum):
    """`open`: themes emerge from the statements; `guided`: themes are given, typed in or carried; or a `pause`."""

    OPEN = "open"
    GUIDED = "guided"
    PAUSE = "pause"


def kind_of(settings: QuestionSettings) -> Kind:
    """What an item of the agenda with these settings is."""
    if tuple(settings.phases) == PAUSE_ONLY:
        return Kind.PAUSE
    return Kind.GUIDED if settings.themes else Kind.OPEN


class HasKind(Protocol):
    """An item of an agenda: a question or a pause."""

    @property
    def kind(self) -> str: ...


Item = TypeVar("Item", bound=HasKind)


def numbered(agenda: Iterable[Item]) -> list[tuple[int | None, Item]]:
    """Each item of an agenda with its number from 1; a pause has none and is not counted."""
    with_numbers: list[tuple[int | None, Item]] = []
    count = 0
    for item in agenda:
        is_question = item.kind != Kind.PAUSE
        count += is_question
        with_numbers.append((count if is_question else None, item))
    return with_numbers


def count_questions(agenda: Iterable[HasKind]) -> int:
    """How many items of an agenda are questions: the last number, since a pause has none."""
    return sum(item.kind != Kind.PAUSE for item in agenda)


@dataclass(frozen=True)
class QuestionSettings:
    """What the moderator decides about a question; `check_settings` tidies and judges it.

    `budget` None is automatic: proposed at the start of the vote. `minutes` gives phases a timer that starts with them.
    `most_statements` is how many one participant may submit.
    `statements_on_phones`: participants see each other's statements while collecting.
    `takes_proposals`: while the moderator groups, participants propose a theme for their own statements.
    `themes` are the names of given ones; carried themes keep where they come from under a new name.
    """

    text: str
    phases: tuple[str, ...] = WITH_VOTE
    budget: int | None = 3
    limit_per_theme: int | None = None
    max_length: int = LENGTHS[0]
    minutes: Mapping[str, int] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    most_statements: int = MOST_STATEMENTS
    statements_on_phones: bool = False
    takes_proposals: bool = False


def check_settings(settings: QuestionSettings) -> QuestionSettings:
    """The settings with tidy texts. Raises Refusal for a missing text, a figure out of range, or empty phases."""
    if settings.budget is not None and not 1 <= settings.budget <= LARGEST_BUDGET:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=LARGEST_BUDGET)
    most = settings.budget or LARGEST_BUDGET
    if settings.limit_per_theme is not None and not 1 <= settings.limit_per_theme <= most:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=most)
    if settings.max_length not in LENGTHS:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=LENGTHS[0], highest=LENGTHS[-1])
    if not 1 <= settings.most_statements <= LARGEST_MOST_STATEMENTS:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=LARGEST_MOST_STATEMENTS)
    if any(not 0 <= minutes <= MOST_MINUTES for minutes in settings.minutes.values()):
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=0, highest=MOST_MINUTES)
    given = () if tuple(settings.phases) == PAUSE_ONLY else settings.themes
    themes = tuple(check_line(name, LONGEST_THEME_NAME) for name in given)
    if len(themes) > MOST_THEMES:
        raise Refusal(Reason.TOO_MANY_THEMES, limit=MOST_THEMES)
    phases = check_phases(settings.phases, bool(themes))
    if themes and Phase.VOTE in phases and Phase.CLUSTER not in phases and settings.budget is not None:
        check_spendable(settings.budget, settings.limit_per_theme, len(themes))
    minutes = {str(phase): settings.minutes[phase] for phase in phases if settings.minutes.get(phase)}
    return replace(
        settings, text=check_line(settings.text, LONGEST_QUESTION), phases=phases, minutes=minutes, themes=themes
    )


def check_change(
    stands: QuestionSettings, wanted: QuestionSettings, phase: Phase, kind: Kind, has_statements: bool
) -> QuestionSettings:
    """What a question in this phase takes of the settings wanted (as `check_settings` left them).

    Raises Refusal when they change what stands, or leave out the phase it is in. From its turn on the board has the
    themes of a guided question, and no other gets any.
    """
    if phase == Phase.WAITING:
        return wanted
    is_other_text = _written_under(wanted) != _written_under(stands)
    is_other_vote = (wanted.budget, wanted.limit_per_theme) != (stands.budget, stands.limit_per_theme)
    is_other_vote = is_other_vote or tuple(wanted.phases) != tuple(stands.phases)
    if (is_other_text and not may_change_text(phase, has_statements)) or (
        is_other_vote and not may_change_budget(phase)
    ):
        raise Refusal(Reason.QUESTION_IS_FIXED)
    if phase not in wanted.phases or (wanted.themes and kind != Kind.GUIDED):
        raise Refusal(Reason.QUESTION_IS_FIXED)
    return replace(wanted, themes=stands.themes) if kind == Kind.GUIDED else wanted


def _written_under(settings: QuestionSettings) -> tuple[str, int, bool]:
    """What people go by when they write: the question, how much fits, and who will read it while they collect."""
    return settings.text, settings.max_length, settings.statements_on_phones


def may_change_text(phase: Phase, has_statements: bool) -> bool:
    """From the first statement on text, limits and who reads along stand: nobody's words answer another question."""
    return phase == Phase.WAITING or (phase == Phase.COLLECT and not has_statements)


def may_change_budget(phase: Phase) -> bool:
    """The budget stands from the moment its vote opens."""
    return phase in (Phase.WAITING, Phase.COLLECT, Phase.CLUSTER)
