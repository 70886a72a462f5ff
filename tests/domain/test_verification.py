"""Secrets of ballots, the codes made of them, and from how many ballots on these are told."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.refusals import Reason, Refusal
from app.domain.report_rounds import ReportBallot
from app.domain.verification import (
    beginnings,
    code_of,
    hash_begins,
    hash_secret,
    hashes_to_tell,
    in_no_order,
    is_code,
    tells_ballots,
    told_code,
)

SECRET = "0123456789abcdef" * 2


def test_the_code_is_the_first_eight_signs_of_the_hash_in_base32():
    digest = hashlib.sha256(SECRET.encode()).digest()
    assert code_of(hash_secret(SECRET)) == base64.b32encode(digest).decode()[:8]


@given(some.binary(min_size=32, max_size=32))
def test_every_code_can_be_read_again_and_tells_no_more_than_itself(digest):
    code = code_of(digest.hex())
    assert is_code(code) and code_of(hash_begins(code)) == code
    assert digest.hex().startswith(hash_begins(code)) and len(hash_begins(code)) == 10


@pytest.mark.parametrize("secret", ["", "kort", SECRET.upper(), SECRET + "0", SECRET + "\n", 5, ["a"], {}, True])
def test_what_no_device_makes_is_refused(secret):
    with pytest.raises(Refusal) as refused:
        hash_secret(secret)
    assert refused.value.reason == Reason.BALLOT_SECRET_MALFORMED


def test_a_phone_without_scripts_has_no_secret_and_so_no_code():
    assert hash_secret(None) is None and told_code(None) is None


@pytest.mark.parametrize("text", ["ABCDEFG1", "abcdefgh", "ABCDEFG", "ABCDEFGHI", "", "ABCDEFG\n", "ABCDEFG="])
def test_other_texts_are_no_codes(text):
    assert not is_code(text)


def test_ballots_are_told_from_ten_on_and_only_where_it_was_said_beforehand():
    assert [tells_ballots(True, ballots) for ballots in (None, 3, 9, 10, 11)] == [False, False, False, True, True]
    assert not tells_ballots(False, 500)


@given(some.permutations(range(6)))
def test_in_whatever_order_ballots_come_they_stand_the_same(order):
    ballots = [ReportBallot(code, (points,)) for code, points in zip("AZM", (1, 1, 2), strict=True)]
    ballots += [ReportBallot(None, (points,)) for points in (2, 1, 3)]
    assert in_no_order(ballots[at] for at in order) == in_no_order(ballots)


def test_of_what_is_sent_only_secrets_tell_how_their_hashes_begin():
    assert beginnings([SECRET, None, "kort", 5, ["a"]]) == {hash_secret(SECRET)[:10]}


@pytest.mark.parametrize("without", [0, 1, 2, 3, 4])
def test_one_or_two_ballots_without_a_code_do_not_stand_apart_in_the_list(without):
    cast = [({1: 2}, hash_secret(SECRET)), ({1: 0}, hash_secret("c" * 32)), *[({1: 3}, None)] * without]
    known, gives_nothing, *others = hashes_to_tell(cast)
    assert (known, gives_nothing) == (hash_secret(SECRET), None)
    made_up = without if without < 3 else 0
    assert len([one for one in others if one]) == len(set(others) - {None}) == made_up
    assert all(is_code(code_of(one)) for one in others if one)
