"""Who writes what and who gives which points: laws that hold for every question that can be played."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.replay.plan import QuestionPlan, Written, plan_question
from app.replay.play import _plan
from app.replay.printed import Person, PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.stops import ReplayStopped

THEMES = st.builds(
    PrintedTheme,
    name=st.just("Thema"),
    points=st.integers(0, 40),
    statements=st.lists(st.text(min_size=1, max_size=20), max_size=8).map(tuple),
)
QUESTIONS = st.lists(THEMES, max_size=12).map(lambda themes: PrintedQuestion("Wat?", tuple(themes)))
PEOPLE = st.integers(1, 30)
TURN = st.integers(0, 50)


def a_plan(points: list[int], people: int) -> QuestionPlan:
    return plan_question(PrintedQuestion("Wat?", tuple(PrintedTheme("x", given) for given in points)), people)


@given(QUESTIONS, PEOPLE, TURN)
def test_the_printed_points_come_out(question: PrintedQuestion, people: int, turn: int) -> None:
    plan = plan_question(question, people, turn)
    totals = [sum(ballot[at] for ballot in plan.ballots) for at in range(len(question.themes))]
    assert totals == [theme.points for theme in question.themes]


@given(QUESTIONS, PEOPLE, TURN)
def test_ballots_are_even_and_within_the_announced_budget(question: PrintedQuestion, people: int, turn: int) -> None:
    plan = plan_question(question, people, turn)
    sizes = [sum(ballot) for ballot in plan.ballots]
    assert len(sizes) == people
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) == plan.budget


@given(QUESTIONS, PEOPLE, TURN)
def test_every_statement_is_written_once(question: PrintedQuestion, people: int, turn: int) -> None:
    plan = plan_question(question, people, turn)
    printed = [Written(text, at) for at, theme in enumerate(question.themes) for text in theme.statements]
    assert Counter(written for one in plan.statements for written in one) == Counter(printed)


@given(QUESTIONS, PEOPLE, TURN)
def test_nobody_writes_much_more_than_another(question: PrintedQuestion, people: int, turn: int) -> None:
    counts = [len(one) for one in plan_question(question, people, turn).statements]
    assert max(counts) - min(counts) <= 1


def test_twenty_points_of_eight_people_need_a_budget_of_three() -> None:
    plan = a_plan([7, 5, 4, 3, 1], 8)
    assert (plan.budget, sorted(sum(ballot) for ballot in plan.ballots)) == (3, [2, 2, 2, 2, 3, 3, 3, 3])


def test_without_points_nothing_is_announced() -> None:
    assert a_plan([0, 0], 3).budget == 0


def test_the_shortest_length_that_fits_is_allowed() -> None:
    def length(text: str) -> int:
        return plan_question(PrintedQuestion("Wat?", (PrintedTheme("x", 0, (text,)),)), 1).longest_statement

    assert [length("x" * n) for n in (1, 140, 141, 280, 281, 500)] == [140, 140, 280, 280, 500, 500]
    assert length("e\u0301" * 140) == 140


def test_nobody_is_made_to_write_more_than_anybody_may() -> None:
    def session(people: int) -> PrintedSession:
        theme = PrintedTheme("Thema", 0, tuple(str(number) for number in range(401)))
        question = PrintedQuestion("Wat?", (theme,))
        return PrintedSession("T", "G", date(2005, 8, 18), "nl", (Person(),) * people, (question,))

    assert [len(written) for written in _plan(session(3))[0].statements] == [134, 134, 133]
    with pytest.raises(ReplayStopped, match="401 statements for 2 participants"):
        _plan(session(2))
