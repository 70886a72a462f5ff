"""The settings of a question, and until when each may change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ballots import LARGEST_BUDGET
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.domain.statements import LENGTHS, check_line

LONGEST_QUESTION = 300
LONGEST_NAME = 200


class Kind(StrEnum):
    """`open`: themes emerge from the statements; `guided`: themes are given, here carried from an earlier question."""

    OPEN = "open"
    GUIDED = "guided"


@dataclass(frozen=True)
class QuestionSettings:
    """What the moderator decides about a question; checked on making."""

    text: str
    voting: bool = True
    budget: int = 3
    limit_per_theme: int | None = None
    max_length: int = LENGTHS[0]

    @property
    def phases(self) -> tuple[Phase, ...]:
        return WITH_VOTE if self.voting else WITHOUT_VOTE


def check_settings(settings: QuestionSettings) -> QuestionSettings:
    """The settings with a tidy text. Raises Refusal for a missing text or a figure out of range."""
    if not 1 <= settings.budget <= LARGEST_BUDGET:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=LARGEST_BUDGET)
    if settings.limit_per_theme is not None and not 1 <= settings.limit_per_theme <= settings.budget:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=settings.budget)
    if settings.max_length not in LENGTHS:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=LENGTHS[0], highest=LENGTHS[-1])
    return QuestionSettings(
        check_line(settings.text, LONGEST_QUESTION),
        settings.voting,
        settings.budget,
        settings.limit_per_theme,
        settings.max_length,
    )


def may_change_text(phase: Phase, has_statements: bool) -> bool:
    """Text and limits stand from the first statement on, so that nobody's words answer another question."""
    return phase == Phase.WAITING or (phase == Phase.COLLECT and not has_statements)


def may_change_budget(phase: Phase) -> bool:
    """The budget stands from the moment its vote opens."""
    return phase in (Phase.WAITING, Phase.COLLECT, Phase.CLUSTER)
