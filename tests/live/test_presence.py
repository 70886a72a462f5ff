"""Presence counts people and never names them; after a restart it says it does not know."""

from app.domain.presence import ModeratorHere, Presence
from app.live import presence as live
from app.live.presence import PresenceBook


def test_two_tabs_of_one_person_are_one_person():
    book = PresenceBook()
    book.arrived("a")
    book.arrived("a")
    book.arrived("b")
    assert book.counts(None, None).connected == 2
    book.left("a")
    assert book.counts(None, None).connected == 2
    book.left("a")
    assert book.counts(None, None).connected == 1


def test_a_phone_that_polls_counts_for_a_while(monkeypatch):
    book = PresenceBook()
    now = [100.0]
    monkeypatch.setattr(live, "monotonic", lambda: now[0])
    book.polled("a")
    assert book.counts(None, None).connected == 1
    now[0] += live.SECONDS_A_POLL_COUNTS + 1
    assert book.counts(None, None).connected == 0


def test_after_a_restart_nobody_knows_who_did_what_until_a_phone_says_so():
    book = PresenceBook()
    assert book.counts(1, 1) == Presence(0, None, None)
    book.submitted(1, "a")
    book.ready(7, "a", True)
    assert book.counts(1, 7) == Presence(0, 1, 1)


def test_what_began_here_starts_at_nobody():
    book = PresenceBook()
    book.began(1)
    assert book.counts(1, 7) == Presence(0, 0, 0)


def test_ready_can_be_taken_back_and_saying_it_twice_is_once():
    book = PresenceBook()
    book.began(1)
    book.ready(7, "a", True)
    book.ready(7, "a", True)
    book.ready(7, "b", True)
    book.ready(7, "a", False)
    assert book.counts(1, 7).ready == 1


def test_another_question_has_its_own_counts():
    book = PresenceBook()
    book.began(1)
    book.began(2)
    book.submitted(1, "a")
    assert book.counts(2, None).submitted == 0


def test_what_is_given_out_are_numbers_only():
    book = PresenceBook()
    book.arrived("de hash van een stoel")
    book.submitted(1, "de hash van een stoel")
    assert "stoel" not in repr(book.counts(1, None))


def test_a_moderator_with_a_laptop_and_a_tablet_is_one_and_stays_while_one_of_them_is_open():
    book = PresenceBook()
    marieke, jan = ModeratorHere(1, "Marieke"), ModeratorHere(2, "Jan")
    for moderator in (marieke, jan, marieke):
        book.opened_control_room(moderator)
    assert book.counts(None, None).moderators == ("Jan", "Marieke")
    book.closed_control_room(marieke)
    assert book.counts(None, None).moderators == ("Jan", "Marieke")
    book.closed_control_room(marieke)
    assert book.counts(None, None).moderators == ("Jan",)
    assert book.counts(None, None).connected == 0, "moderators are no participants"


def test_who_sent_a_form_counts_longer_than_who_polled(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(live, "monotonic", lambda: now[0])
    book = PresenceBook()
    book.polled("a", 300)
    book.polled("a")
    book.polled("b")
    now[0] = 60.0
    assert book.counts(None, None).connected == 1
    now[0] = 301.0
    assert book.counts(None, None).connected == 0


def test_a_participant_learns_of_the_own_readiness_only():
    book = PresenceBook()
    book.ready(1, "a", True)
    assert (book.is_ready(1, "a"), book.is_ready(1, "b"), book.is_ready(2, "a")) == (True, None, None)


def test_who_types_is_counted_until_they_stop_or_go():
    book = PresenceBook()
    for who in "abc":
        book.arrived(who)
        book.types(1, who, True)
    assert book.typing_on(1) == 3
    book.types(1, "a", True)
    book.types(1, "b", False)
    assert book.typing_on(1) == 2
    book.left("c")
    assert book.typing_on(1) == 1
    book.arrived("c")
    assert book.typing_on(1) == 1, "whoever comes back says it again"


def test_a_second_tab_that_closes_takes_nobodys_pen_away():
    book = PresenceBook()
    book.arrived("a")
    book.arrived("a")
    book.types(1, "a", True)
    book.left("a")
    assert book.typing_on(1) == 1


def test_typing_on_another_question_holds_nobody_up():
    book = PresenceBook()
    book.arrived("a")
    book.types(1, "a", True)
    assert (book.typing_on(2), book.typing_on(None)) == (0, 0)


def test_a_phone_without_a_socket_types_for_as_long_as_it_polls(monkeypatch):
    book = PresenceBook()
    now = [100.0]
    monkeypatch.setattr(live, "monotonic", lambda: now[0])
    book.types(1, "a", True)
    assert book.typing_on(1) == 0, "nobody of that name is here"
    book.polled("a")
    assert book.typing_on(1) == 1
    now[0] += live.SECONDS_A_POLL_COUNTS + 1
    assert book.typing_on(1) == 0


def test_typing_makes_nothing_stale_and_is_in_no_count_that_screens_get():
    book = PresenceBook()
    book.arrived("a")
    before, book.changed = book.counts(1, None), False
    book.types(1, "a", True)
    assert not book.changed and book.counts(1, None) == before
