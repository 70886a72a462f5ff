"""What was ignored, and what was taken apart, is known again whatever the order."""

from __future__ import annotations

from app.domain.ignored import Ignored, is_group_ignored, taken_apart

APART = Ignored(frozenset("ab"), None, as_stack=True)
AS_GROUP = Ignored(frozenset("cd"), None)


def test_each_statement_of_a_stack_that_was_taken_apart_is_stacked_no_more():
    assert taken_apart({APART, AS_GROUP, Ignored(frozenset("e"), None, as_stack=True)}) == frozenset("abe")


def test_a_group_that_was_ignored_is_still_stacked():
    assert taken_apart({AS_GROUP}) == frozenset()


def test_statements_that_were_taken_apart_may_still_be_suggested_as_a_group():
    assert not is_group_ignored("ab", {APART}) and is_group_ignored("cd", {AS_GROUP})
