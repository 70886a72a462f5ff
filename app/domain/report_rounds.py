"""What the votes of a question say beside each other: themes that stand equal, and what moved from vote to vote."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.report import ReportFigure, ReportQuestion, ReportRound


@dataclass(frozen=True)
class MovedTheme:
    """A theme through the votes: its points in each, None where it was not voted on, 0 where nobody gave it one.

    `difference` is that between the last two votes, None where it was not in both.
    """

    letter: str
    name: str
    points: tuple[int | None, ...]
    difference: int | None


def ties(vote: ReportRound) -> tuple[tuple[ReportFigure, ...], ...]:
    """Themes with as many points, at least two together, most points first; those without points are no tie."""
    equal: dict[int, list[ReportFigure]] = {}
    for figure in vote.figures:
        if figure.points:
            equal.setdefault(figure.points, []).append(figure)
    return tuple(tuple(equal[points]) for points in sorted(equal, reverse=True) if len(equal[points]) > 1)


def counted(question: ReportQuestion) -> tuple[ReportRound, ...]:
    """The closed votes with a tally; one that was withheld can be compared with nothing."""
    return tuple(vote for vote in question.rounds if vote.closed and vote.ballots is not None)


def moved(question: ReportQuestion) -> tuple[MovedTheme, ...]:
    """The themes of the counted votes beside each other, by falling points of the last one; empty below two votes."""
    votes = counted(question)
    if len(votes) < 2:
        return ()
    by_vote = [{_key(figure): figure for figure in vote.figures} for vote in votes]
    last_named = {key: figure for one in by_vote for key, figure in one.items()}
    found = [_moved(named, [one.get(key) for one in by_vote]) for key, named in last_named.items()]
    return tuple(sorted(found, key=lambda theme: -(theme.points[-1] if theme.points[-1] is not None else -1)))


def _key(figure: ReportFigure) -> str:
    """A theme that was removed since has no id any more; its letter is never given out again."""
    return figure.theme or figure.letter


def _moved(named: ReportFigure, figures: list[ReportFigure | None]) -> MovedTheme:
    points = tuple(None if figure is None else figure.points or 0 for figure in figures)
    before, after = points[-2:]
    difference = None if before is None or after is None else after - before
    return MovedTheme(named.letter, named.name, points, difference)
