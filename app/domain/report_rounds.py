"""The votes on a question as a report tells them, and what they say beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.figures import TOP, shared, unspent
from app.domain.hand_counts import total
from app.domain.rounds import Change, compare


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
        """By which the same theme is known in another vote on its question. One that was removed since has its letter
        and name alone; the letter by itself may have been given out again."""
        return (self.theme,) if self.theme else (self.letter, self.name)


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
        return total(figure.by_hand for figure in self.figures)

    @property
    def unspent(self) -> int | None:
        """Points that those who voted did not give; None where the tally is withheld."""
        return None if self.ballots is None else unspent(self.ballots, self.budget, self.points)

    @property
    def is_by_hand_alone(self) -> bool:
        """Whether hands alone say what weighs most: nobody voted by phone, or too few to stay secret."""
        return self.closed and not self.points and bool(self.by_hand)

    @property
    def top(self) -> int:
        """How many themes `stable` is about: the first three, or fewer where fewer have points."""
        return min(TOP, sum(1 for figure in self.figures if figure.points))

    @property
    def ties(self) -> tuple[tuple[ReportFigure, ...], ...]:
        """Themes with as many points, at least two together, most points first; those without points are no tie.

        The points are those that order the themes: of ballots, or counted by hand where hands alone do.
        """
        given = [figure.by_hand if self.is_by_hand_alone else figure.points for figure in self.figures]
        equal: dict[int, list[ReportFigure]] = {}
        for figure, points, tied in zip(self.figures, given, shared(given), strict=True):
            if tied:
                equal.setdefault(points or 0, []).append(figure)
        return tuple(tuple(equal[points]) for points in sorted(equal, reverse=True))


@dataclass(frozen=True)
class MovedTheme:
    """A theme through the votes, as it was called in the last it was in: its points in each, None where it was not
    voted on, 0 where nobody gave it one. `change` is what moved between the last two votes."""

    letter: str
    name: str
    points: tuple[int | None, ...]
    change: Change


def moved(votes: Sequence[ReportRound]) -> tuple[MovedTheme, ...]:
    """The themes of votes that have a tally, the first vote first; empty below two votes.

    Those of the last vote by falling points, then those that were not voted on again.
    """
    return _beside([{figure: figure.points or 0 for figure in vote.figures} for vote in votes])


def moved_by_hand(votes: Sequence[ReportRound]) -> tuple[MovedTheme, ...]:
    """The same of votes that hands alone decided; None there is a theme that was not counted, which is not 0."""
    counted = [{figure: figure.by_hand for figure in vote.figures if figure.by_hand is not None} for vote in votes]
    return _beside(counted)


def _beside(votes: Sequence[Mapping[ReportFigure, int]]) -> tuple[MovedTheme, ...]:
    if len(votes) < 2:
        return ()
    points = [{figure.key: given for figure, given in vote.items()} for vote in votes]
    order = sorted(points[-1], key=lambda key: -points[-1][key])
    changes = compare(points[-2], {key: points[-1][key] for key in order})
    named = {figure.key: figure for vote in votes for figure in vote}
    return tuple(
        MovedTheme(
            named[key].letter,
            named[key].name,
            tuple(given.get(key) for given in points),
            changes.get(key, Change(None, None)),
        )
        for key in {**changes, **named}
    )
