"""What else repeats a statement: found wherever somebody copied it, at the price of reading each text once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quoting import Quote, Quoted, Quoting, SameElsewhere, Telling, telling_of


@pytest.mark.parametrize(
    ("text", "statement", "is_quoted"),
    [
        ("Buurman Piet", "De honden van buurman Piet blaffen", True),
        ("Piet aanspreken", "De honden van buurman Piet blaffen", True),
        ("Kees aanspreken", "Mijn buurman Kees van Dam zet zijn vuilnis buiten", True),
        ("Van alles doen", "Mijn buurman Kees van Dam zet zijn vuilnis buiten", False),
        ("Bellen met 06-12345678", "Bel 06 12345678", True),
        ("Iets doen aan de honden van de buren", "Altijd de honden van de buren die blaffen", True),
        ("HONDEN", "honden", True),
        ("Honden", "De honden van buurman Piet blaffen", False),
        ("Pieterbuurt", "De honden van buurman Piet blaffen", False),
        ("De", "De", False),
    ],
)
def test_what_repeats_a_statement_is_found(text, statement, is_quoted):
    assert telling_of([statement], ()).is_in(text) == is_quoted


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(text, statement):
    telling_of([statement], ()).is_in(text)


@given(st.lists(st.text(alphabet="ab ", max_size=12), max_size=4), st.text(alphabet="ab ", max_size=30))
def test_looking_words_up_finds_the_same_as_looking_for_each_part(parts, text):
    parts = [" ".join(part.split()) for part in parts if part.split()]
    there = f" {' '.join(text.split())} "
    assert Telling(parts).is_in(text) == any(f" {part} " in there for part in parts)


def test_the_search_costs_no_more_when_more_statements_are_marked():
    # Each of 100,000 parts looked for in each of 3,000 texts would take hours.
    telling = Telling(f"deel {number} van een uitspraak" for number in range(100_000))
    texts = ["een heel andere tekst die van niets iets heeft " * 5] * 3000
    assert not any(map(telling.is_in, texts))
    assert telling.is_in("dit is deel 99999 van een uitspraak die weg moet")


def test_who_owns_an_action_a_script_and_the_template_of_somebody_else_are_changed_where_they_stand():
    assert Quote(Quoting.TITLE, 1, "Piet").can_be_reworded
    assert not Quote(Quoting.OWNER, 1, "Piet").can_be_reworded
    assert not Quote(Quoting.SCRIPT, 1, "Piet").can_be_reworded
    assert not Quote(Quoting.TEMPLATE, 1, "Piet", is_own=False).can_be_reworded


def test_everything_that_repeats_it_counts():
    same = SameElsewhere(2, "Kopie", None, 3)
    assert Quoted((Quote(Quoting.THEME, 1, "Piet"),), beyond=2, statements=4, same=(same,)).count == 8
