"""When statements can be redacted, and who may ask."""

import pytest

from app.domain import redaction
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
