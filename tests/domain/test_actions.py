"""Action items: only the what is demanded."""

from datetime import date

import pytest

from app.domain.actions import (
    ActionFields,
    ActionStatus,
    Lack,
    answers_are_in,
    check_action,
    is_overdue,
    is_same_group,
    lacks,
    not_listed,
    parse_day,
    status_of,
)
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal

TODAY = date(2026, 12, 7)


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


def test_an_open_item_lacks_what_it_does_not_say():
    assert lacks(ActionFields("onderhoud"), ActionStatus.OPEN) == (Lack.WHAT, Lack.WHO, Lack.WHEN)
    assert lacks(ActionFields("Verslag maken", owner="\u200b", due=TODAY), ActionStatus.OPEN) == (Lack.WHO,)
    assert lacks(ActionFields("Verslag maken", owner="Jan", due=TODAY), ActionStatus.OPEN) == ()


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.CARRIED])
def test_what_is_no_longer_open_lacks_nothing_and_is_never_overdue(status):
    assert lacks(ActionFields("onderhoud"), status) == ()
    assert not is_overdue(status, date(2026, 1, 1), TODAY)


def test_an_item_is_overdue_the_day_after_its_last():
    assert not is_overdue(ActionStatus.OPEN, TODAY, TODAY)
    assert is_overdue(ActionStatus.OPEN, date(2026, 12, 6), TODAY)
    assert not is_overdue(ActionStatus.OPEN, None, TODAY)


def test_what_is_done_is_done_also_where_it_was_carried_on():
    assert [status_of(*one) for one in ((False, False), (False, True), (True, False), (True, True))] == [
        ActionStatus.OPEN,
        ActionStatus.CARRIED,
        ActionStatus.DONE,
        ActionStatus.DONE,
    ]


def test_answers_may_become_actions_at_the_result_and_after_the_session():
    assert [phase for phase in Phase if answers_are_in(phase, Status.OPEN)] == [Phase.RESULT]
    ended = {phase for phase in Phase if answers_are_in(phase, Status.ENDED)}
    assert ended == {Phase.COLLECT, Phase.CLUSTER, Phase.VOTE, Phase.RESULT}


def test_the_same_answer_twice_is_one_action_and_one_that_is_listed_none():
    assert not_listed(["ronde", "bellen", "ronde"], {"bellen"}) == ["ronde"]


def test_a_group_is_known_by_its_name_whatever_capitals_and_spaces():
    assert is_same_group("Wijkteam  Zuid", "wijkteam zuid ")
    assert not is_same_group("Wijkteam Zuid", "Wijkteam Noord")
    assert not is_same_group("", " ")
