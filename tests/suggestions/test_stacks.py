"""Statements that are the same or nearly so are stacked; every original is kept."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.suggestions import stacks
from app.suggestions.hints import LooseStatement
from app.suggestions.stacks import is_slip, several, stack
from tests.suggestions.boards import loose, real_board

SAME = (
    ("Meer groen", "meer groen"),
    ("meer groen!", "  meer  groen..."),
    ("één ingang", "een ingang"),
    ("wijk team", "wijkteam"),
    ("betere samenwerking", "betere samenwerknig"),
    ("betere samenwerking", "betere samenwerkin g"),
    ("betere samenwerking", "betere samennwerking"),
    ("betere samenwerking", "betere samenwarking"),
    ("👍", "👍"),
)
DIFFERENT = (
    ("geen problemen", "een problemen"),
    ("meer groen", "minder groen"),
    ("bewoner", "bewoners"),
    ("zoeken", "boeken"),
    ("handelen", "wandelen"),
    ("straten", "staten"),
    ("verdieping1a", "verdieping2a"),
    ("30 km", "50 km"),
    ("betere samenwerknig", "beetre samenwerking"),
    ("👍", "👎"),
    ("?", "!"),
)


def sizes(*texts):
    return sorted(len(one) for one in stack(loose(*texts)))


@pytest.mark.parametrize("pair", SAME, ids=" / ".join)
def test_the_same_said_twice_is_one_stack(pair):
    assert sizes(*pair) == sizes(*pair[::-1]) == [2]


@pytest.mark.parametrize("pair", DIFFERENT, ids=" / ".join)
def test_what_may_mean_something_else_stays_apart(pair):
    assert sizes(*pair) == sizes(*pair[::-1]) == [1, 1]


def test_three_the_same_are_one_stack_of_three():
    assert sizes("Korte lijnen", "korte lijnen.", "KORTE LIJNEN", "lange lijnen") == [1, 3]


def test_the_real_sessions_have_nothing_to_stack():
    for number in range(5):
        statements = [LooseStatement(text, text) for theme in real_board(number) for text in theme.members]
        assert all(len(one) == 1 for one in stack(statements))


def test_a_stack_is_read_by_what_most_of_its_statements_say():
    written = loose(
        "betere samenwerknig", "Betere samenwerking!", "betere samenwerking", "betere samenwerking", "anders"
    )
    texts = {one.id: one.text for one in written}
    ((first, *_, last),) = several(written)
    assert (texts[first], texts[last]) == ("betere samenwerking", "betere samenwerknig")


texts = (
    some.sampled_from(["", "samenwerking", "Samenwerking!", "samenwerknig", "samenwarking", "👍", "سلام"]) | some.text()
)


@given(some.lists(texts, max_size=12))
def test_every_original_is_kept_in_exactly_one_stack_whatever_the_order(written):
    statements = [LooseStatement(str(number), text) for number, text in enumerate(written)]
    found = stack(statements)
    assert sorted((one for members in found for one in members), key=lambda one: int(one.id)) == statements
    assert stack(random.sample(statements, len(statements))) == found


@given(some.text("aeinrst1", min_size=5, max_size=9), some.text("aeinrst1", min_size=5, max_size=9))
def test_a_slip_is_one_both_ways(one, other):
    assert is_slip(one, other) == is_slip(other, one)


@given(some.lists(some.text("ab1", min_size=6, max_size=9).map(lambda inner: f"x{inner}x"), max_size=12, unique=True))
def test_looking_up_slips_finds_the_stacks_that_comparing_all_with_all_would(words):
    together = {word: {word} for word in words}
    for one, other in combinations(words, 2):
        if is_slip(one, other) and together[one] is not together[other]:
            together[one] |= together[other]
            together.update(dict.fromkeys(together[one], together[one]))
    found = stack([LooseStatement(word, word) for word in words])
    assert {frozenset(one.text for one in members) for members in found} == {
        frozenset(one) for one in together.values()
    }


def test_thousands_of_answers_of_one_word_are_not_all_compared_with_each_other(monkeypatch):
    asked = []
    monkeypatch.setattr(stacks, "is_slip", lambda one, other: asked.append(one) or is_slip(one, other))
    alike = [LooseStatement(str(number), f"veilig{chr(0x4E00 + number)}eid") for number in range(2000)]
    assert len(several(alike)) == 1
    assert len(asked) < 3 * len(alike)
