"""What comes next on the agenda, and what may be skipped."""

from dataclasses import dataclass

import pytest

from app.domain.phases import Phase
from app.domain.turns import may_cut_short, may_pass_over, next_in_turn, place_between


@dataclass
class Item:
    phase: str = Phase.WAITING
    skipped: bool = False


DONE = Item(Phase.RESULT)


def test_the_next_is_the_first_that_waits_and_is_not_passed_over():
    wanted = Item()
    assert next_in_turn([DONE, Item(skipped=True), wanted, Item()]) is wanted
    assert next_in_turn([DONE, Item(skipped=True)]) is None


def test_a_question_that_is_asked_after_all_comes_before_what_was_planned_behind_it():
    earlier = Item()
    assert next_in_turn([earlier, DONE, Item()]) is earlier


@pytest.mark.parametrize(
    ("agenda", "current", "place"),
    [([DONE, Item(), Item()], 0, 1), ([Item(), Item()], None, 0), ([DONE], 0, 1), ([], None, 0)],
)
def test_an_unplanned_question_goes_behind_the_current_one_or_before_all_that_wait(agenda, current, place):
    assert place_between(agenda, current) == place


def test_only_what_has_not_had_its_turn_is_passed_over():
    assert [phase for phase in Phase if may_pass_over(phase)] == [Phase.WAITING]


def test_a_question_is_cut_short_while_there_is_something_left_of_it():
    assert [phase for phase in Phase if may_cut_short(phase)] == [Phase.COLLECT, Phase.CLUSTER, Phase.VOTE]
