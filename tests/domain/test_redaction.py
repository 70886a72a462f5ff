"""When statements can be left out, who may ask, and what else repeats them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import redaction
from app.domain.person_hints import hints_in
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal

DAY = 24 * 3600


def test_only_a_result_and_an_ended_session_can_be_published_so_only_there_is_something_left_out():
    assert redaction.may_redact(Status.OPEN, Phase.RESULT)
    assert all(redaction.may_redact(Status.ENDED, phase) for phase in Phase)
    assert not any(redaction.may_redact(Status.OPEN, phase) for phase in Phase if phase != Phase.RESULT)
    assert not redaction.may_redact(Status.DRAFT, Phase.RESULT)


def test_requests_are_shown_when_everybody_has_gone():
    assert [redaction.tells_who_asks_for_it(status) for status in Status] == [False, False, True]


def test_a_device_may_ask_until_a_day_after_the_end():
    redaction.check_may_ask(Status.OPEN, None, 5)
    redaction.check_may_ask(Status.ENDED, 1000, 1000 + DAY - 1)
    with pytest.raises(Refusal) as refused:
        redaction.check_may_ask(Status.ENDED, 1000, 1000 + DAY)
    assert refused.value.reason == Reason.REDACTION_OVER


def test_the_fingerprint_is_of_which_statements_and_not_of_their_order():
    assert redaction.fingerprint(["b", "a"]) == redaction.fingerprint(["a", "b"])
    assert redaction.fingerprint(["a"]) != redaction.fingerprint(["a", "b"])


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
    assert redaction.quotes(text, redaction.telling_parts(statement, hints_in(statement))) == is_quoted


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(text, statement):
    redaction.quotes(text, redaction.telling_parts(statement, hints_in(statement)))
