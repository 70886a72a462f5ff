"""Action items: only the what is demanded."""

from datetime import date

import pytest

from app.domain.actions import ActionFields, check_action, parse_day
from app.domain.refusals import Reason, Refusal


def test_an_action_needs_no_owner_and_no_date():
    assert check_action(ActionFields(" Bellen ", owner=" ")) == ActionFields("Bellen")


def test_an_action_without_a_text_is_refused():
    with pytest.raises(Refusal) as refused:
        check_action(ActionFields("\u200b"))
    assert refused.value.reason == Reason.TEXT_MISSING


@pytest.mark.parametrize("text", ["7-12-2026", "2026-13-01", "morgen", "2026-02-30", "\0", "٢٠٢٦-٠١-٠١"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refusal) as refused:
        parse_day(text)
    assert refused.value.reason == Reason.DATE_MALFORMED


def test_a_day_is_read_and_an_empty_field_is_no_day():
    assert parse_day("2026-12-07") == date(2026, 12, 7) and parse_day("") is None
