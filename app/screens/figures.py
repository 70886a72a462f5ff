"""The figures of a closed vote, the same on every screen, with those of the vote before it when there was one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.anonymity import is_few
from app.domain.figures import FEWEST_BALLOTS, TOP, places, shared, unspent
from app.domain.rounds import Change, compare
from app.store import questions
from app.store.tables import Round, RoundTheme


@dataclass(frozen=True)
class ThemeFigures:
    """What a vote says of one theme that got points; `givers` is None for fewer than 3, `spread` where not told."""

    points: int
    place: int
    is_shared: bool
    givers: int | None
    spread: float | None = None


@dataclass(frozen=True)
class EarlierVote:
    """The vote before: its sums, and the names and points of themes that were not voted on again."""

    number: int
    voters: int
    points: int
    gone: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class StandingVote:
    """The tally that still stands after a vote that was withheld: its sums, and its themes (name, points), the heaviest
    first."""

    number: int
    voters: int
    points: int
    themes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class VoteFigures:
    """A vote that has a tally; `stable` is None where it is not told, `top` how many themes it is about.

    `by_theme` has the themes with points, `changes` all themes of this and the `earlier` vote.
    """

    voters: int
    points: int
    unspent: int
    stable: bool | None
    top: int
    by_theme: Mapping[int, ThemeFigures]
    earlier: EarlierVote | None = None
    changes: Mapping[int, Change] = field(default_factory=dict)

    @property
    def fewest_to_tell(self) -> int:
        """From how many people who voted on these are told."""
        return FEWEST_BALLOTS

    @property
    def tells_ballots(self) -> bool:
        """Whether there are enough ballots to tell how firm the order is and how far they are apart."""
        return self.voters >= FEWEST_BALLOTS

    @property
    def most_before(self) -> int:
        """The most points of a theme in the vote before, that is in this one too; 0 without one."""
        both = [change.before.points for change in self.changes.values() if change.before and change.now]
        return max(both, default=0)

    @property
    def has_ties(self) -> bool:
        return any(theme.is_shared for theme in self.by_theme.values())

    @property
    def has_spread(self) -> bool:
        return any(theme.spread is not None for theme in self.by_theme.values())


async def load(db: AsyncSession, vote: Round, counted: Sequence[RoundTheme]) -> VoteFigures | None:
    """The figures of a closed vote; None where it is open or was withheld. `counted` are its themes."""
    if not vote.closed or vote.ballots is None:
        return None
    before = await _counted_before(db, vote)
    then = await questions.themes_of_round(db, int(before.id or 0)) if before else ()
    return figures_of(vote, counted, before, then)


async def load_standing(db: AsyncSession, vote: Round) -> StandingVote | None:
    """The last tally before a closed vote that was withheld; None where this vote has one itself, or there is none."""
    if not vote.closed or vote.ballots is not None or (before := await _counted_before(db, vote)) is None:
        return None
    then = await questions.themes_of_round(db, int(before.id or 0))
    weighed = sorted(((one.name, one.points) for one in then if one.points), key=lambda one: -one[1])
    return StandingVote(before.number, before.ballots or 0, sum(_points(then).values()), tuple(weighed))


async def _counted_before(db: AsyncSession, vote: Round) -> Round | None:
    if vote.number == 1:
        return None
    rounds = await questions.rounds_of(db, vote.question_id)
    return next((one for one in reversed(rounds) if one.number < vote.number and one.ballots is not None), None)


def figures_of(
    vote: Round, counted: Sequence[RoundTheme], before: Round | None = None, then: Sequence[RoundTheme] = ()
) -> VoteFigures:
    """From the rows that the close of a vote wrote; ballots are never read for a screen."""
    points, earlier = _points(counted), _points(then)
    changes = compare(earlier, points) if before else {}
    numbers = list(points.values())
    by_theme = {
        theme.theme_id: ThemeFigures(
            theme.points or 0,
            place,
            is_shared,
            None if is_few(theme.givers or 0) else theme.givers,
            theme.spread,
        )
        for theme, place, is_shared in zip(counted, places(numbers), shared(numbers), strict=True)
        if place
    }
    ballots, total = vote.ballots or 0, sum(numbers)
    return VoteFigures(
        ballots,
        total,
        unspent(ballots, vote.budget, total),
        vote.stable,
        min(TOP, len(by_theme)),
        by_theme,
        _earlier(before, then, points) if before else None,
        changes,
    )


def _points(counted: Sequence[RoundTheme]) -> dict[int, int]:
    return {theme.theme_id: theme.points or 0 for theme in counted}


def _earlier(before: Round, then: Sequence[RoundTheme], now: Mapping[int, int]) -> EarlierVote:
    gone = tuple((theme.name, theme.points) for theme in then if theme.points and theme.theme_id not in now)
    return EarlierVote(before.number, before.ballots or 0, sum(_points(then).values()), gone)
