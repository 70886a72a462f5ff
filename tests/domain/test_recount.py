"""Counting told ballots once more: whatever is altered in a report is found."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.recount import Finding, Recount, WhyNot, Wrong, recount, recount_question
from app.domain.report_questions import ReportTheme
from app.domain.report_rounds import ReportBallot, ReportFigure, ReportRound
from app.domain.tally import count
from app.domain.verification import code_of
from tests.exports.reports import a_question

LETTERS = "ABC"
POSSIBLE = [points for points in itertools.product(range(4), repeat=3) if 0 < sum(points) <= 4]
gifts = some.lists(some.sampled_from(POSSIBLE), min_size=10, max_size=25)


def a_vote(given_points: Any, **changed: Any) -> ReportRound:
    """A vote as the server counts and tells it; every third ballot has no code."""
    tally = count([dict(enumerate(points)) for points in given_points], range(len(LETTERS)))
    assert tally is not None
    figures = tuple(
        ReportFigure(f"q1-t{at}", letter, letter, tally.points[at] or None, _told(tally.givers[at]))
        for at, letter in enumerate(LETTERS)
    )
    each = tuple(
        ReportBallot(code_of(f"{at:064x}"[::-1]) if at % 3 else None, points) for at, points in enumerate(given_points)
    )
    return replace(ReportRound(1, 4, 3, True, tally.ballots, figures, verifiable=True, each=each), **changed)


def _told(givers: int) -> int | None:
    return givers if givers >= 3 else None


TEN = [(1, 0, 2)] * 9 + [(0, 3, 0)]


def wrong_in(vote: ReportRound) -> set[Wrong]:
    return {finding.wrong for finding in recount(vote).findings}


@given(gifts)
def test_what_the_server_counted_agrees_with_its_ballots(given_points):
    vote = a_vote(given_points)
    assert recount(vote) == Recount(1, len(given_points), None, ())


@given(gifts, some.data())
def test_one_point_more_or_less_in_one_ballot_is_found(given_points, data):
    vote = a_vote(given_points)
    at = data.draw(some.integers(0, len(vote.each) - 1))
    theme = data.draw(some.integers(0, 2))
    points = list(vote.each[at].points)
    points[theme] += -1 if points[theme] else 1
    each = [*vote.each[:at], replace(vote.each[at], points=tuple(points)), *vote.each[at + 1 :]]
    assert Wrong.POINTS in wrong_in(replace(vote, each=tuple(each)))


@given(gifts, some.data())
def test_a_ballot_left_out_or_put_in_is_found(given_points, data):
    vote = a_vote(given_points)
    at = data.draw(some.integers(0, len(vote.each) - 1))
    fewer, more = vote.each[:at] + vote.each[at + 1 :], (*vote.each, replace(vote.each[at], code=None))
    for each in (fewer, more):
        assert Wrong.NUMBER_OF_BALLOTS in wrong_in(replace(vote, each=each))


def with_first(vote: ReportRound, **changed: Any) -> ReportRound:
    return replace(vote, each=(replace(vote.each[0], **changed), *vote.each[1:]))


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"points": (4, 0, 0)}, Wrong.OVER_LIMIT),
        ({"points": (3, 2, 0)}, Wrong.OVER_BUDGET),
        ({"points": (0, 0, 0)}, Wrong.EMPTY),
        ({"points": (-1, 0, 2)}, Wrong.BELOW_ZERO),
        ({"points": (1, 0)}, Wrong.OTHER_THEMES),
        ({"points": (1, 0, 2, 0)}, Wrong.OTHER_THEMES),
        ({"points": ()}, Wrong.OTHER_THEMES),
        ({"code": "abc"}, Wrong.NO_CODE),
    ],
)
def test_a_ballot_that_nobody_could_give_is_named_by_its_place(changed, wrong):
    found = [one for one in recount(with_first(a_vote(TEN), **changed)).findings if one.wrong == wrong]
    assert [one.place for one in found] == [1]


def test_a_code_that_stands_there_twice_is_named():
    vote = a_vote(TEN)
    code = vote.each[1].code
    assert recount(with_first(vote, code=code)).findings == (Finding(Wrong.CODE_TWICE, code or "", 1, 2),)


@pytest.mark.parametrize("givers", [8, 10, None])
def test_another_number_of_givers_is_found_and_so_is_many_told_as_few(givers):
    vote = a_vote(TEN)
    figures = (replace(vote.figures[0], givers=givers), *vote.figures[1:])
    assert recount(replace(vote, figures=figures)).findings == (Finding(Wrong.GIVERS, "A", givers, 9),)


@pytest.mark.parametrize(
    ("changed", "why_not"),
    [
        ({"closed": False, "ballots": None}, WhyNot.STILL_OPEN),
        ({"verifiable": False}, WhyNot.NOT_VERIFIABLE),
        ({"ballots": 9}, WhyNot.TOO_FEW),
        ({"ballots": None}, WhyNot.TOO_FEW),
    ],
)
def test_a_vote_that_tells_no_ballots_says_why_and_may_not_tell_any(changed, why_not):
    vote = a_vote(TEN, **changed)
    assert recount(replace(vote, each=())) == Recount(1, 0, why_not, ())
    assert recount(vote).findings == (Finding(Wrong.BALLOTS_TOLD, counted=10),)


def test_ballots_that_should_be_told_and_are_not_are_found():
    assert Wrong.NUMBER_OF_BALLOTS in wrong_in(a_vote(TEN, each=()))


def test_the_themes_of_a_question_have_the_points_of_its_last_vote():
    vote = a_vote(TEN)
    themes = [ReportTheme(one.theme or "", one.letter, one.name, 1, one.points) for one in vote.figures]
    assert recount_question(a_question(*themes, rounds=(vote,)))[0].findings == ()
    themes[0] = replace(themes[0], points=10)
    found = recount_question(a_question(*themes, rounds=(vote,)))[0].findings
    assert found == (Finding(Wrong.POINTS_OF_THEME, "A", 10, 9),)
