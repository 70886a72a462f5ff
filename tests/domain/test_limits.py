"""Nobody writes more than thirty statements on a question or ten a minute, and nobody loses a place to a failure."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.limits import MINUTE, MOST_A_MINUTE, MOST_CHANGES_A_MINUTE, MOST_STATEMENTS, Pens, Window
from app.domain.refusals import Reason, Refusal

pauses = some.lists(some.floats(0, 30), min_size=1, max_size=120)


def tries(act, *arguments):
    try:
        act(*arguments)
    except Refusal as refusal:
        return refusal
    return None


@given(pauses)
def test_no_window_of_a_minute_holds_more_than_ten_and_no_question_more_than_thirty(waits):
    pens, now, taken = Pens(), 0.0, []
    for wait in waits:
        now += wait
        if tries(pens.write, 1, "a", now) is None:
            taken.append(now)
    assert len(taken) <= MOST_STATEMENTS
    for last in taken:
        assert sum(1 for moment in taken if last - MINUTE < moment <= last) <= MOST_A_MINUTE


@given(pauses)
def test_whoever_comes_back_when_told_is_let_in_and_never_waits_more_than_a_minute(waits):
    window, now = Window(), 0.0
    for wait in waits:
        now += wait
        seconds = window.seconds_until_free(now, MOST_A_MINUTE)
        assert 0 <= seconds <= MINUTE
        now += seconds
        assert window.seconds_until_free(now, MOST_A_MINUTE) == 0
        window.moments.append(now)


@given(some.lists(some.sampled_from(["write", "retract", "put_back"]), max_size=200))
def test_retracting_gives_a_place_back_and_putting_back_takes_it_again(acts):
    pens, standing = Pens(), 0
    for minute, act in enumerate(acts):
        if act == "retract":
            pens.retract(1, "a")
            standing = max(0, standing - 1)
        else:
            arguments = (1, "a", minute * MINUTE) if act == "write" else (1, "a")
            refusal = tries(getattr(pens, act), *arguments)
            assert (refusal is None) == (standing < MOST_STATEMENTS)
            assert refusal is None or refusal.reason == Reason.ENOUGH_STATEMENTS
            standing += refusal is None
    assert standing <= MOST_STATEMENTS


@given(some.lists(some.booleans(), max_size=30), some.lists(some.booleans(), max_size=30))
def test_what_was_rolled_back_leaves_exactly_what_was_before(before, after):
    undone, never = Pens(), Pens()

    def act(pens, writes, now):
        for is_new in writes:
            if is_new:
                tries(pens.write, 1, "a", now)
            else:
                pens.retract(1, "a")

    for pens in (undone, never):
        act(pens, before, 0.0)
        pens.commit()
    mark = undone.mark()
    act(undone, after, 1.0)
    undone.roll_back(mark)
    assert undone._pens[(1, "a")] == never._pens[(1, "a")] if before else True


def test_people_and_questions_count_apart_and_changes_by_themselves():
    pens = Pens()
    for _ in range(MOST_A_MINUTE):
        pens.write(1, "a", 0.0)
    assert tries(pens.write, 1, "a", 0.0).values == {"seconds": 60}
    pens.write(2, "a", 0.0)
    pens.write(1, "b", 0.0)
    for _ in range(MOST_CHANGES_A_MINUTE):
        pens.change(1, "a", 0.0)
    with pytest.raises(Refusal) as refused:
        pens.change(1, "a", 1.5)
    assert (refused.value.reason, refused.value.values) == (Reason.TOO_FAST, {"seconds": 59})


def test_a_session_that_ended_leaves_nothing_in_memory():
    pens = Pens()
    pens.write(1, "a", 0.0)
    pens.write(2, "a", 0.0)
    pens.forget({1})
    assert list(pens._pens) == [(2, "a")]
