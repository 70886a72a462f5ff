"""The points advisor: how many points to divide and at most how many on one theme, and which themes look alike.

With T themes and n participants, each dividing b points with at most L on one theme:

* a third: b = T / 3 rounded up, the usual rule of multivoting (Tague, *The Quality Toolbox*, 2005, "multivoting");
* all totals can differ only when 0 + 1 + … + (T − 1) points can be given, and T − 1 of them to one theme:
  n·b ≥ T(T − 1) / 2 and n·L ≥ T − 1. That is enough, too: lay those points out theme by theme and deal them round the
  group, and everybody gets as many as anybody else but one, of each theme at most (T − 1) / n rounded up;
* all points can be spent: L·T ≥ b;
* at most half of one's points on one theme, rounded up, so that nobody's favourite decides by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from app.domain.ballots import LARGEST_BUDGET, LARGEST_PROPOSAL, VoteTerms, automatic_budget, check_spendable
from app.domain.refusals import Reason, Refusal


@dataclass(frozen=True)
class Advice:
    """What is advised and why: `third` is a third of the themes, `least` the fewest points with which all totals can
    differ (0 while nobody takes part); `terms` what follows from both."""

    themes: int
    participants: int
    third: int
    least: int
    terms: VoteTerms

    @property
    def can_differ(self) -> bool:
        """Whether with these points every theme can end with another total."""
        return 0 < self.least <= self.terms.budget


@dataclass(frozen=True)
class Proposal:
    """What a moderator reads before a vote starts: `terms` stand in the fields, `is_own` says that the moderator set
    them before; `alike` are pairs of names; `refused` is why the last answer could not be taken."""

    terms: VoteTerms
    is_own: bool
    advice: Advice
    alike: tuple[tuple[str, str], ...] = ()
    on_board: bool = True
    refused: Refusal | None = None

    def again(self, refused: Refusal) -> Proposal:
        """The same, with why the answer was not taken."""
        return replace(self, refused=refused)


def advise(themes: int, participants: int) -> Advice:
    """The points and the limit for a vote on at least one theme; `participants` 0 when nobody is there yet."""
    third = math.ceil(themes / 3)
    least = max(1, math.ceil(themes * (themes - 1) / (2 * participants))) if participants else 0
    budget = min(LARGEST_PROPOSAL, max(automatic_budget(themes), least))
    most_at_once = math.ceil((themes - 1) / participants) if participants else 0
    limit = max(math.ceil(budget / 2), math.ceil(budget / themes), most_at_once)
    return Advice(themes, participants, third, least, VoteTerms(budget, limit if limit < budget else None))


def check_terms(terms: VoteTerms, themes: int) -> VoteTerms:
    """The terms a vote on so many themes starts with. Raises Refusal for what can't be divided or spent."""
    for number in (terms.budget, terms.limit_per_theme):
        if number is not None and not 1 <= number <= LARGEST_BUDGET:
            raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=LARGEST_BUDGET)
    check_spendable(terms.budget, terms.limit_per_theme, themes)
    return terms
