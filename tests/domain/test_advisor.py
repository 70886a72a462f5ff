"""The points advisor: what it proposes can be spent, and can avoid ties wherever it says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.advisor import advise, check_terms
from app.domain.ballots import VoteTerms, check_spendable
from app.domain.refusals import Refusal

THEMES, PEOPLE = some.integers(1, 100), some.integers(0, 1000)


def dealt(themes, participants):
    """0, 1, 2 … points for the themes, dealt round the group: who gives which theme how many."""
    points = [theme for theme in range(themes) for _ in range(theme)]
    return [[points[person::participants].count(theme) for theme in range(themes)] for person in range(participants)]


@given(THEMES, PEOPLE)
def test_what_is_proposed_can_be_spent_and_is_in_range(themes, participants):
    terms = advise(themes, participants).terms
    assert 3 <= terms.budget <= 20
    assert terms.budget * 3 >= min(themes, 60)
    check_spendable(terms.budget, terms.limit_per_theme, themes)
    assert check_terms(terms, themes) == terms


@given(some.integers(1, 25), some.integers(1, 40))
def test_where_it_says_so_a_group_can_give_every_theme_another_total(themes, participants):
    advice = advise(themes, participants)
    if not advice.can_differ:
        assert advice.terms.budget == 20 < advice.least
        return
    ballots = dealt(themes, participants)
    totals = [sum(ballot[theme] for ballot in ballots) for theme in range(themes)]
    assert totals == list(range(themes))
    assert max(map(sum, ballots)) <= advice.terms.budget
    assert max(map(max, ballots)) <= (advice.terms.limit_per_theme or advice.terms.budget)


@given(THEMES, PEOPLE)
def test_one_point_less_than_the_least_could_not(themes, participants):
    least = advise(themes, participants).least
    assert least == 0 if not participants else (least - 1) * participants < max(1, themes * (themes - 1) / 2)


@pytest.mark.parametrize(
    ("themes", "participants", "budget", "limit"),
    [
        (9, 17, 3, 2),
        (10, 17, 4, 2),
        (12, 17, 4, 2),
        (9, 4, 9, 5),
        (9, 0, 3, 2),
        (1, 17, 3, None),
        (2, 1, 3, 2),
        (30, 60, 10, 5),
        (100, 3, 20, None),
        (80, 500, 20, 10),
    ],
)
def test_the_advice_is_as_worked_out_by_hand(themes, participants, budget, limit):
    assert advise(themes, participants).terms == VoteTerms(budget, limit)


@pytest.mark.parametrize("terms", [VoteTerms(0), VoteTerms(101), VoteTerms(3, 0), VoteTerms(3, 101), VoteTerms(3, 1)])
def test_terms_out_of_range_or_that_leave_points_are_refused(terms):
    with pytest.raises(Refusal):
        check_terms(terms, 2)
