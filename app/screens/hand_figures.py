"""What hands alone say of a vote, where no ballots tell of points: places, ties, and the count before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.figures import places, shared
from app.domain.rounds import Change, compare
from app.store import hand_counts, questions
from app.store.tables import Round, RoundTheme


@dataclass(frozen=True)
class HandPlace:
    """Where the points that hands gave put a theme."""

    points: int
    place: int
    is_shared: bool


@dataclass(frozen=True)
class EarlierCount:
    """The count before: all its points, and the names and points of themes that were not voted on again."""

    number: int
    points: int
    gone: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class HandFigures:
    """`by_theme` has the themes that hands gave points, `changes` those counted in this or the `earlier` vote.

    A theme that was not counted is unknown there, and not without points.
    """

    by_theme: Mapping[int, HandPlace]
    earlier: EarlierCount | None = None
    changes: Mapping[int, Change] = field(default_factory=dict)

    @property
    def has_ties(self) -> bool:
        return any(theme.is_shared for theme in self.by_theme.values())

    @property
    def most_before(self) -> int:
        """The most points of a theme in the count before, that is in this one too; 0 without one."""
        both = [change.before.points for change in self.changes.values() if change.before and change.now]
        return max(both, default=0)


async def load(
    db: AsyncSession, vote: Round, counted: Sequence[RoundTheme], by_hand: Mapping[int, int]
) -> HandFigures | None:
    """What `by_hand` says of a closed vote, `counted` its themes; None where ballots tell of points, or hands of none.

    The vote before is the last one that hands alone decided, too: points of ballots and of hands compare with nothing.
    """
    if not vote.closed or vote.ballots is not None or not any(by_hand.values()):
        return None
    for before in reversed(await questions.rounds_of(db, vote.question_id)):
        if before.number >= vote.number or not before.closed or before.ballots is not None:
            continue
        then = await hand_counts.of_round(db, int(before.id or 0))
        if any(then.values()):
            voted = await questions.themes_of_round(db, int(before.id or 0))
            return figures_of(by_hand, _earlier(before.number, voted, then, counted), then)
    return figures_of(by_hand)


def _earlier(
    number: int, voted: Sequence[RoundTheme], then: Mapping[int, int], counted: Sequence[RoundTheme]
) -> EarlierCount:
    now = {theme.theme_id for theme in counted}
    left = [theme for theme in voted if theme.theme_id not in now]
    gone = tuple((theme.name, then[theme.theme_id]) for theme in left if then.get(theme.theme_id))
    return EarlierCount(number, sum(then.values()), gone)


def figures_of(
    by_hand: Mapping[int, int], earlier: EarlierCount | None = None, then: Mapping[int, int] | None = None
) -> HandFigures:
    """From the counts as they were entered, theme ids to points."""
    numbers = list(by_hand.values())
    by_theme = {
        key: HandPlace(points, place, is_shared)
        for (key, points), place, is_shared in zip(by_hand.items(), places(numbers), shared(numbers), strict=True)
        if place
    }
    return HandFigures(by_theme, earlier, compare(then, by_hand) if then is not None else {})
