"""The comparison of journals with the database: clean where all is well, and it bites for every way it is not."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.anonymity import hash_receipt
from tests.load.soak.compare import Verdict, compare
from tests.load.soak.journal import RETRACTED, Divided, Journal, Written
from tests.load.soak.stored import Count, Row, Stored

RECEIPT = "a" * 32
TEXT, EDITED = "meer bankjes", "meer bankjes in de zon"


def sent(**more: object) -> Written:
    """A statement that was edited, and of which the phone was told that the edit is stored."""
    known = {"forms": {1: TEXT, 2: EDITED}, "tried": {1, 2}, "confirmed": 2, "shown": EDITED}
    return Written(**{**known, **more})  # type: ignore[arg-type]


def a_row(**more: object) -> Row:
    return Row(**{"receipt": hash_receipt(RECEIPT), "text": EDITED, "revision": 2, **more})  # type: ignore[arg-type]


def judge(written: Written | None = None, rows: list[Row] | None = None, archived: list[str] | None = None) -> Verdict:
    """One phone with one statement, against these rows; the archive tells what stands, unless told otherwise."""
    rows = [a_row()] if rows is None else rows
    standing = [row.text for row in rows if not row.is_retracted and not row.is_hidden]
    journal = Journal("phone 1", {RECEIPT: written or sent()}, shows="ended")
    return compare([journal], [], Stored(rows, archived=Counter(standing if archived is None else archived)))


def vote(ballots: list[dict[str, int]], points: dict[str, int], **people: Divided) -> Verdict:
    journals = [Journal(name, divided={1: divided}, shows="ended") for name, divided in people.items()]
    return compare(journals, [], Stored(counts={1: Count(points, ballots)}, archived_points=[sum(points.values())]))


def gave(points: dict[str, int], *unheard: dict[str, int], confirmed: bool = True) -> Divided:
    forms = dict(enumerate((points, *unheard), 1))
    return Divided(forms, set(forms), confirmed=int(confirmed))


def figures(verdict: Verdict) -> str:
    return str(verdict).removeprefix("lost / doubled / stuck: ")


def test_a_statement_that_is_there_once_in_its_latest_form_is_well():
    verdict = judge()
    assert (figures(verdict), verdict.differing, verdict.is_clean) == ("0 / 0 / 0", [], True)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [a_row(text=TEXT, revision=1)],
        [a_row(text=TEXT)],
        [a_row(text="", is_retracted=True)],
    ],
    ids=["not there", "an older form", "the older text", "taken back by nobody"],
)
def test_what_a_phone_was_told_is_stored_and_is_not_is_lost(rows: list[Row]):
    assert figures(judge(rows=rows)) == "1 / 0 / 0"


def test_a_retracted_statement_that_still_stands_is_lost():
    retracted = sent(forms={1: TEXT, 2: RETRACTED}, shown=None)
    assert figures(judge(retracted, [a_row(text=TEXT, revision=1)])) == "1 / 0 / 0"
    assert judge(retracted, [a_row(text="", is_retracted=True)]).is_clean


def test_what_was_taken_back_before_it_was_sent_is_nowhere():
    assert judge(sent(forms={1: TEXT, 2: RETRACTED}, tried=set(), confirmed=0, shown=None), []).is_clean


def test_a_refused_change_leaves_what_stood_and_a_refused_statement_nothing():
    told = {"sentence": "Collecting has closed.", "shown": TEXT}
    assert judge(sent(confirmed=1, **told), [a_row(text=TEXT, revision=1)]).is_clean
    assert judge(sent(confirmed=0, **told), []).is_clean
    assert figures(judge(sent(confirmed=1, sentence="Collecting has closed."), [])) == "1 / 0 / 0"


def test_what_is_stored_though_the_phone_says_it_was_refused_is_told_of():
    verdict = judge(sent(confirmed=1, sentence="Collecting has closed.", shown=TEXT))
    assert (figures(verdict), len(verdict.differing)) == ("0 / 0 / 0", 1)


def test_a_text_without_a_sentence_that_is_not_stored_is_lost():
    assert figures(judge(sent(confirmed=0), [])) == "1 / 0 / 0"


def test_a_text_that_is_stored_twice_is_doubled():
    assert figures(judge(rows=[a_row(), a_row(receipt=hash_receipt("b" * 32))])) == "0 / 2 / 0"


def test_what_nobody_wrote_is_doubled_and_what_was_said_aloud_is_expected():
    aloud = Row(None, "hardop gezegd")
    assert figures(judge(rows=[a_row(), aloud])) == "0 / 1 / 0"
    assert compare([], [aloud.text], Stored([aloud], archived=Counter([aloud.text]))).is_clean
    assert figures(compare([], [aloud.text], Stored())) == "1 / 0 / 0"


def test_the_archive_has_what_stands_and_is_not_hidden():
    assert figures(judge(archived=[])) == "1 / 0 / 0"
    assert figures(judge(archived=[EDITED, EDITED])) == "0 / 1 / 0"
    assert judge(rows=[a_row(is_hidden=True)]).is_clean


def test_a_statement_that_still_waits_and_a_phone_that_stayed_behind_are_stuck():
    waiting = Journal("phone 1", {RECEIPT: sent(confirmed=0, is_waiting=True)}, shows="ended")
    behind = Journal("phone 2", divided={1: Divided({1: {"1": 1}}, is_waiting=True)}, shows="vote")
    assert figures(compare([waiting, behind], [], Stored())) == "0 / 0 / 3"


def test_a_phone_that_shows_another_text_than_stands_is_told_of():
    assert judge(sent(shown=TEXT)).differing == [f"phone 1, aaaaaaaa: the phone shows {TEXT!r}, {EDITED!r} stands"]


def test_points_that_are_all_there_are_well_also_where_the_last_answer_was_not_heard():
    heard, unheard = gave({"1": 2}), gave({"1": 1}, {"1": 1, "2": 1})
    assert vote([{"1": 2}, {"1": 1, "2": 1}], {"1": 3, "2": 1}, anne=heard, bart=unheard).is_clean
    assert vote([{"1": 2}, {"1": 1}], {"1": 3}, anne=heard, bart=unheard).is_clean
    assert vote([{"1": 2}], {"1": 2}, anne=heard, bart=gave({"1": 1}, confirmed=False)).is_clean


def test_confirmed_points_that_are_in_no_ballot_are_lost():
    assert figures(vote([{"1": 2}], {"1": 2}, anne=gave({"1": 2}), bart=gave({"1": 2}))) == "1 / 0 / 0"


def test_an_older_allocation_that_counts_is_lost_and_nobodys():
    older = Divided({1: {"1": 1}, 2: {"2": 1}}, {1, 2}, confirmed=2)
    assert figures(vote([{"1": 1}], {"1": 1}, anne=older)) == "1 / 1 / 0"


def test_a_ballot_that_counts_twice_is_doubled():
    assert figures(vote([{"1": 2}, {"1": 2}], {"1": 4}, anne=gave({"1": 2}))) == "0 / 1 / 0"


def test_a_tally_that_is_not_the_sum_of_its_ballots_is_lost():
    assert figures(vote([{"1": 2}], {"1": 3}, anne=gave({"1": 2}))) == "1 / 0 / 0"


def test_an_archive_with_other_points_than_the_database_is_lost():
    stored = Stored(counts={1: Count({"1": 2}, [{"1": 2}])}, archived_points=[1])
    assert figures(compare([Journal("anne", divided={1: gave({"1": 2})}, shows="ended")], [], stored)) == "1 / 0 / 0"


def test_a_vote_of_too_few_keeps_no_ballot_and_one_of_enough_does():
    voters = {name: Journal(name, divided={1: gave({"1": 1})}, shows="ended") for name in ("anne", "bart", "cor")}
    few = Stored(counts={1: Count({}, [], is_few=True)}, archived_points=[0])
    assert compare([voters["anne"], voters["bart"]], [], few).is_clean
    assert figures(compare(list(voters.values()), [], few)) == "1 / 0 / 0"
