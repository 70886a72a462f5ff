"""What of the suggestions still fits a board: it goes with the move that answers it, and the ignored stays away."""

from __future__ import annotations

from app.domain.ignored import Ignored
from app.domain.suggested import (
    MOST_GROUPS,
    MOST_IN_A_GROUP,
    MOST_IN_A_THEME,
    Likeness,
    LooseGroup,
    Suggested,
    still_open,
)

A, B = 1, 2
FOUND = Suggested(
    7,
    (Likeness("p", A, 0.5), Likeness("p", B, 0.4), Likeness("q", A, 0.7), Likeness("r", B, 0.2)),
    (LooseGroup(("s", "t", "u"), "Naam"),),
)
LOOSE = set("pqrstu")


def by_theme(found=FOUND, loose=LOOSE, themes=(A, B), ignored=()):
    shown = still_open(found, loose, themes, ignored).by_theme
    return {theme: [one.statement for one in some] for theme, some in shown.items()}


def groups(found=FOUND, loose=LOOSE, ignored=()):
    return [group.statements for group in still_open(found, loose, (A, B), ignored).groups]


def test_a_statement_is_suggested_for_the_theme_it_resembles_most_and_the_most_alike_come_first():
    assert by_theme() == {A: ["q", "p"], B: ["r"]}


def test_a_statement_that_has_moved_is_suggested_no_more():
    assert by_theme(loose=LOOSE - {"q"}) == {A: ["p"], B: ["r"]}
    assert groups(loose=LOOSE - {"s"}) == [("t", "u")]


def test_a_theme_that_is_gone_leaves_its_statements_to_the_next_best():
    assert by_theme(themes=(B,)) == {B: ["p", "r"]}


def test_what_was_ignored_stays_ignored_whoever_else_is_suggested_with_it():
    refused = [Ignored(frozenset("pr"), A)]
    assert by_theme(ignored=refused) == {A: ["q"], B: ["p", "r"]}


def test_a_group_that_was_ignored_stays_ignored_with_one_more_or_one_less():
    assert groups(ignored=[Ignored(frozenset("st"), None)]) == []
    assert groups(ignored=[Ignored(frozenset("sx"), None)]) == [("s", "t", "u")]


def test_one_statement_is_no_group_and_who_resembles_a_theme_is_in_none():
    assert groups(loose=set("s")) == []
    both = Suggested(7, (Likeness("s", A, 0.3),), FOUND.groups)
    assert groups(both) == [("t", "u")]


def test_no_more_is_shown_than_one_takes_in_at_a_glance():
    keys = [f"k{number:02}" for number in range(40)]
    many = Suggested(7, tuple(Likeness(key, A, 0.5) for key in keys))
    assert by_theme(many, loose=keys) == {A: keys[:MOST_IN_A_THEME]}
    large = Suggested(7, (), tuple(LooseGroup(tuple(keys[at : at + 10]), "n") for at in range(0, 40, 10)))
    assert groups(large, loose=keys) == [tuple(keys[at : at + MOST_IN_A_GROUP]) for at in (0, 10, 20)][:MOST_GROUPS]
