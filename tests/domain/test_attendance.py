"""When the attendance list is open, and what a report tells of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.attendance import LARGE_GROUP, SECONDS_OPEN_AFTER_END, shows_roles, standing, told

PEOPLE = some.lists(some.tuples(some.text(min_size=1), some.sampled_from(["", "wijkagent", "Wijkagent", "gast"])))


@pytest.mark.parametrize(
    ("status", "begun", "is_done", "seconds", "found"),
    [
        ("draft", False, False, 0, "not_yet"),
        ("open", False, False, 0, "open"),
        ("open", True, False, 0, "during"),
        ("open", True, True, 0, "open"),
        ("ended", True, False, 0, "open"),
        ("ended", True, True, SECONDS_OPEN_AFTER_END - 1, "open"),
        ("ended", True, True, SECONDS_OPEN_AFTER_END, "over"),
    ],
)
def test_the_list_is_open_before_the_first_question_and_after_the_last(status, begun, is_done, seconds, found):
    assert standing(True, status, begun, is_done, seconds) == found
    assert standing(False, status, begun, is_done, seconds) == "off"


@given(PEOPLE)
def test_by_default_no_name_is_told_and_no_role_in_a_small_group(people):
    report = told(people, names=False, roles=None)
    assert (report.count, report.names) == (len(people), ())
    if len(people) < LARGE_GROUP:
        assert report.roles == ()
    else:
        assert sum(count for _, count in report.roles) == sum(1 for _, role in people if role)


@given(PEOPLE, some.booleans())
def test_names_are_told_only_when_the_moderator_says_so_and_roles_go_by_their_own_switch(people, roles):
    report = told(people, names=True, roles=roles)
    assert [name for name, _ in report.names] == [name for name, _ in people]
    assert roles or all(role == "" for _, role in report.names)


def test_roles_are_counted_by_name_whatever_their_capitals():
    people = [("A", "Wijkagent"), ("B", "gast"), ("C", "wijkagent"), ("D", "")]
    assert told(people, names=False, roles=True).roles == (("gast", 1), ("Wijkagent", 2))


def test_the_moderators_choice_goes_before_the_size_of_the_group():
    assert [shows_roles(9, None), shows_roles(10, None), shows_roles(9, True), shows_roles(30, False)] == [
        False,
        True,
        True,
        False,
    ]
