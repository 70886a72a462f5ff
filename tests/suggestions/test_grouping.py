"""Groups of loose statements and their names: offered where the likeness is high, else not at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.suggestions.built_in import group, likeness
from app.suggestions.grouping import LONGEST_NAME, LOWEST_TOGETHER, name_for
from app.suggestions.hints import LooseStatement
from app.suggestions.reading import Readings
from tests.suggestions.boards import QUESTIONS, loose, real_board

LONG = "het zou goed zijn als er meer parkeerplaatsen voor bewoners komen bij de winkels"


def test_statements_about_one_thing_are_put_together():
    (found,) = group(loose("meer parkeerplaatsen", "speeltuin opknappen", "parkeerplaatsen voor bezoek", "hondenpoep"))
    assert set(found.statement_ids) == {"a", "c"}
    assert found.why == ("parkeerplaatsen",)


def test_statements_that_share_nothing_make_no_group():
    assert group(loose("meer bomen", "snelle brommers", "dure huren")) == ()
    assert group([]) == ()
    assert group(loose("alleen")) == ()


def test_letters_that_happen_to_be_the_same_make_no_group():
    alike = likeness(["trouwen", "vertrouwen"], Readings())
    assert alike[0, 1] > LOWEST_TOGETHER
    assert group(loose("trouwen", "vertrouwen")) == ()


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_the_order_of_input_does_not_matter(number):
    statements = [LooseStatement(text, text) for theme in real_board(number) for text in theme.members]
    expected = group(statements)
    random.shuffle(statements)
    assert group(statements) == expected


@given(
    some.lists(
        some.sampled_from(["", "👍", "bomen", "meer bomen", "Bomen!", "السلام عليكم", "a" * 999, LONG]), max_size=9
    )
)
def test_a_statement_is_in_one_group_at_most_and_every_group_says_why(texts):
    groups = group([LooseStatement(str(number), text) for number, text in enumerate(texts)])
    ids = [one for found in groups for one in found.statement_ids]
    assert len(ids) == len(set(ids))
    assert all(len(found.statement_ids) > 1 and found.why and found.name for found in groups)


def test_a_short_central_statement_is_the_name_itself():
    assert name_for(["korte lijnen", "korte lijnen tussen partijen"], Readings()) == "Korte lijnen"


def test_of_a_long_one_the_shared_words_are_the_name_in_their_order():
    name = name_for([LONG, "bewoners willen parkeerplaatsen", "geen parkeerplaatsen voor bewoners"], Readings())
    assert name.split()[:2] == ["Parkeerplaatsen", "bewoners"]
    assert len(name) <= LONGEST_NAME


@given(some.lists(some.text(min_size=1, max_size=300), min_size=1, max_size=4))
def test_a_name_is_never_too_long(texts):
    assert len(name_for(texts, Readings())) <= LONGEST_NAME + 1
