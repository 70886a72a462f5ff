"""What participants propose: what is a proposal, which of them may be shown together, and what they come to."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as any_of

from app.domain.phases import Phase, Status
from app.domain.proposals import (
    Proposed,
    check_may_propose,
    check_proposed,
    key_of,
    last_batch,
    on_the_board,
    takes_proposals,
)
from app.domain.refusals import Reason, Refusal
from app.domain.themes import LONGEST_THEME_NAME, Board, Place, ThemeState

CHANCE = random.Random(7)
BOARD = Board(
    {1: ThemeState("Groen", "A", "a"), 2: ThemeState("Verkeer", "B", "b")},
    {"x": Place(None, "c"), "y": Place(None, "b"), "z": Place(1, "a"), "h": Place(None, "a", hidden=True)},
)


def refusal(act, *arguments):
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value.reason


def test_a_proposal_is_a_theme_of_the_board_or_a_tidy_name_or_nothing():
    assert check_proposed(1, None, {1, 2}) == Proposed(1)
    assert check_proposed(None, "  Parkeren\n", {1}) == Proposed(name="Parkeren")
    assert check_proposed(None, None, {1}).is_nothing


def test_both_at_once_a_theme_that_is_gone_and_no_name_are_refused():
    assert refusal(check_proposed, 1, "Parkeren", {1}) == Reason.INPUT_MALFORMED
    assert refusal(check_proposed, 3, None, {1}) == Reason.THEME_UNKNOWN
    assert refusal(check_proposed, None, " \u200b ", {1}) == Reason.TEXT_MISSING
    assert refusal(check_proposed, None, "x" * (LONGEST_THEME_NAME + 1), {1}) == Reason.TEXT_TOO_LONG


@pytest.mark.parametrize("phase", list(Phase))
def test_proposals_are_taken_where_they_were_switched_on_and_only_while_the_moderator_groups(phase):
    assert takes_proposals(True, phase) == (phase == Phase.CLUSTER)
    assert not takes_proposals(False, phase)


def test_they_are_taken_for_the_question_the_group_is_at_in_an_open_session():
    check_may_propose(Status.OPEN, True, True, Phase.CLUSTER)
    assert refusal(check_may_propose, Status.ENDED, True, True, Phase.CLUSTER) == Reason.SESSION_HAS_ENDED
    for where in [
        (Status.OPEN, False, True, Phase.CLUSTER),
        (Status.OPEN, True, False, Phase.CLUSTER),
        (Status.OPEN, True, True, Phase.VOTE),
    ]:
        assert refusal(check_may_propose, *where) == Reason.PROPOSALS_CLOSED


@given(any_of.dictionaries(any_of.text("abcdef", min_size=1), any_of.sampled_from("123")))
def test_the_last_batch_never_holds_two_of_one_hand_unless_three_people_are_in_it(waiting):
    shown = last_batch(waiting, False, CHANCE)
    people = [waiting[statement] for statement in shown]
    assert set(people) == set(waiting.values()), "everybody who proposed something is in it"
    if len(set(people)) == 3:
        assert set(shown) == set(waiting)
    else:
        assert len(people) == len(set(people))


def test_a_last_batch_of_fewer_than_three_comes_once():
    assert last_batch({"x": "1", "y": "2"}, True, CHANCE) == []
    assert len(last_batch({"x": "1", "y": "2", "z": "3"}, True, CHANCE)) == 3


def test_names_are_the_same_without_regard_to_case_and_spaces():
    assert key_of(" Meer  Groen ") == key_of("meer groen")
    assert key_of("Groen") != key_of("Groenen")


def test_what_is_proposed_is_laid_together_by_theme_in_the_order_of_the_board():
    found = on_the_board(BOARD, {"x": Proposed(1), "y": Proposed(1), "z": Proposed(2)})
    assert found.by_theme == {1: ("y", "x"), 2: ("z",)}
    assert found.new == ()


def test_the_name_of_a_theme_that_is_there_means_that_theme():
    assert on_the_board(BOARD, {"x": Proposed(name="GROEN "), "z": Proposed(name="groen")}).by_theme == {1: ("x",)}


def test_the_same_new_names_come_together_under_the_spelling_most_of_them_have():
    shown = {"x": Proposed(name="parkeren"), "y": Proposed(name="Parkeren"), "z": Proposed(name="parkeren")}
    (new,) = on_the_board(BOARD, shown).new
    assert (new.name, new.statements) == ("parkeren", ("z", "y", "x"))


def test_of_as_many_spellings_the_alphabet_decides_and_not_who_came_first():
    for shown in (
        {"x": Proposed(name="Zon"), "y": Proposed(name="zon")},
        {"y": Proposed(name="zon"), "x": Proposed(name="Zon")},
    ):
        assert [one.name for one in on_the_board(BOARD, shown).new] == ["Zon"]


def test_the_largest_new_theme_comes_first_and_the_alphabet_after_that():
    shown = {"x": Proposed(name="b"), "y": Proposed(name="a"), "z": Proposed(name="b")}
    assert [one.name for one in on_the_board(BOARD, shown).new] == ["b", "a"]


def test_nothing_is_left_of_what_is_so_already_hidden_gone_or_for_a_theme_that_is_gone():
    shown = {"z": Proposed(1), "h": Proposed(1), "gone": Proposed(1), "x": Proposed(9)}
    assert on_the_board(BOARD, shown).is_empty
