"""Counts the ballots that a report tells once more, and says what does not agree with its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.anonymity import is_few
from app.domain.report_questions import ReportQuestion
from app.domain.report_rounds import ReportBallot, ReportFigure, ReportRound
from app.domain.verification import is_code, tells_ballots


class WhyNot(StrEnum):
    """Why a vote can't be recounted."""

    STILL_OPEN = "still_open"
    NOT_VERIFIABLE = "not_verifiable"
    TOO_FEW = "too_few"


class Wrong(StrEnum):
    """What in a report does not agree."""

    BALLOTS_TOLD = "ballots_told"
    NUMBER_OF_BALLOTS = "number_of_ballots"
    POINTS = "points"
    GIVERS = "givers"
    POINTS_OF_THEME = "points_of_theme"
    CODE_TWICE = "code_twice"
    NO_CODE = "no_code"
    OTHER_THEMES = "other_themes"
    BELOW_ZERO = "below_zero"
    EMPTY = "empty"
    OVER_BUDGET = "over_budget"
    OVER_LIMIT = "over_limit"


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree: what the report tells beside what its ballots give.

    `where` is a theme's letter or a ballot's code; `place` is a ballot's place in the list, from 1.
    """

    wrong: Wrong
    where: str = ""
    told: int | None = None
    counted: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class Recount:
    """How the recount of one vote went: `why_not` when its ballots are not told, `findings` what does not agree."""

    number: int
    ballots: int
    why_not: WhyNot | None
    findings: tuple[Finding, ...]


def recount_question(question: ReportQuestion) -> list[Recount]:
    """The recounts of all votes on a question; the last closed one is also laid beside the points of its themes."""
    counted = [recount(vote) for vote in question.rounds]
    last = question.last_round
    return [
        Recount(one.number, one.ballots, one.why_not, (*one.findings, *_themes(question, vote)))
        if vote is last and one.why_not is None
        else one
        for one, vote in zip(counted, question.rounds, strict=True)
    ]


def recount(vote: ReportRound) -> Recount:
    """Every ballot of a vote counted once more.

    The sum of each theme, how many gave it points, the number of ballots, the budget and the limit of each ballot,
    and that no code stands there twice. What is told as "fewer than 3" has to be fewer than 3.
    """
    why_not = _why_not(vote)
    if why_not is not None:
        found = [Finding(Wrong.BALLOTS_TOLD, counted=len(vote.each))] if vote.each else []
        return Recount(vote.number, len(vote.each), why_not, tuple(found))
    return Recount(vote.number, len(vote.each), None, tuple(_findings(vote)))


def _why_not(vote: ReportRound) -> WhyNot | None:
    if not vote.closed:
        return WhyNot.STILL_OPEN
    if not vote.verifiable:
        return WhyNot.NOT_VERIFIABLE
    return None if tells_ballots(vote.verifiable, vote.ballots) else WhyNot.TOO_FEW


def _findings(vote: ReportRound) -> Iterator[Finding]:
    if len(vote.each) != vote.ballots:
        yield Finding(Wrong.NUMBER_OF_BALLOTS, told=vote.ballots, counted=len(vote.each))
    for place, ballot in enumerate(vote.each, 1):
        yield from _ballot(vote, ballot, place)
    codes = Counter(ballot.code for ballot in vote.each if ballot.code is not None)
    yield from (Finding(Wrong.CODE_TWICE, code, 1, times) for code, times in codes.items() if times > 1)
    for place, figure in enumerate(vote.figures):
        # A ballot of another length was named above; it gives nothing to a theme that it does not reach.
        yield from _figure(figure, [ballot.points[place] for ballot in vote.each if place < len(ballot.points)])


def _ballot(vote: ReportRound, ballot: ReportBallot, place: int) -> Iterator[Finding]:
    def found(wrong: Wrong, told: int | None = None, counted: int | None = None) -> Finding:
        return Finding(wrong, ballot.code or "", told, counted, place)

    if ballot.code is not None and not is_code(ballot.code):
        yield found(Wrong.NO_CODE)
    if len(ballot.points) != len(vote.figures):
        yield found(Wrong.OTHER_THEMES, len(vote.figures), len(ballot.points))
    given, most = sum(ballot.points), max(ballot.points, default=0)
    if any(points < 0 for points in ballot.points):
        yield found(Wrong.BELOW_ZERO)
    elif not given:
        yield found(Wrong.EMPTY)
    if given > vote.budget:
        yield found(Wrong.OVER_BUDGET, vote.budget, given)
    if vote.limit_per_theme is not None and most > vote.limit_per_theme:
        yield found(Wrong.OVER_LIMIT, vote.limit_per_theme, most)


def _figure(figure: ReportFigure, given: list[int]) -> Iterator[Finding]:
    points, givers = sum(given), sum(1 for one in given if one)
    if points != (figure.points or 0):
        yield Finding(Wrong.POINTS, figure.letter, figure.points or 0, points)
    if figure.givers is None and not is_few(givers):
        yield Finding(Wrong.GIVERS, figure.letter, None, givers)
    if figure.givers is not None and figure.givers != givers:
        yield Finding(Wrong.GIVERS, figure.letter, figure.givers, givers)


def _themes(question: ReportQuestion, vote: ReportRound) -> Iterator[Finding]:
    counted = {figure.theme: figure.points or 0 for figure in vote.figures if figure.theme is not None}
    for theme in question.themes:
        points = counted.get(theme.id, 0)
        if (theme.points or 0) != points:
            yield Finding(Wrong.POINTS_OF_THEME, theme.letter, theme.points or 0, points)
