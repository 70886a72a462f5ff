"""Receipts, voter keys, mixing and small groups."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain import anonymity
from app.domain.refusals import Refusal


@pytest.mark.parametrize(("mixing", "on_phones", "is_collecting"), list(itertools.product([True, False], repeat=3)))
def test_statements_come_in_unmixed_only_where_that_was_chosen_and_no_participant_reads_them(
    mixing, on_phones, is_collecting
):
    is_mixed = anonymity.is_mixed(mixing, on_phones, is_collecting)
    assert is_mixed == ((mixing, on_phones, is_collecting) != (False, False, True))


@given(some.text())
def test_a_receipt_is_32_hexadecimal_digits_and_nothing_else(text):
    with pytest.raises(Refusal):
        anonymity.hash_receipt(text)


@pytest.mark.parametrize("odd", [None, 1, "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n", b"a" * 32])
def test_almost_a_receipt_is_refused(odd):
    with pytest.raises(Refusal):
        anonymity.hash_receipt(odd)


BITS = some.binary(min_size=anonymity.SEAT_TOKEN_BYTES, max_size=anonymity.SEAT_TOKEN_BYTES)
LOOK_ALIKE = {"0": "0Oo", "1": "1IiLl"}


@given(some.sets(BITS, min_size=2))
def test_different_bits_are_different_tokens_of_16_signs(bits):
    tokens = {anonymity.seat_token(one) for one in bits}
    assert len(tokens) == len(bits)
    assert {len(token) for token in tokens} == {16}


@given(BITS)
def test_a_recovery_code_is_the_token_in_four_groups_without_signs_that_look_alike(bits):
    token = anonymity.seat_token(bits)
    code = anonymity.recovery_code(token)
    assert code.replace("-", "") == token
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) & set("ILOU")


@given(BITS, some.data())
def test_a_recovery_code_is_read_however_people_type_it(bits, data):
    token = anonymity.seat_token(bits)
    pieces = []
    for sign in token:
        pieces.append(data.draw(some.sampled_from(LOOK_ALIKE.get(sign, sign + sign.lower()))))
        pieces.append(data.draw(some.sampled_from(["", "", " ", "-", " – ", "\u00a0", "\t"])))
    assert anonymity.read_recovery_code("".join(pieces)) == token


@given(some.text())
def test_what_is_read_as_a_recovery_code_is_a_seats_token_and_all_else_is_refused(typed):
    try:
        token = anonymity.read_recovery_code(typed)
    except Refusal:
        return
    assert anonymity.recovery_code(token) is not None


@pytest.mark.parametrize(
    "odd", ["", "0123 4567 89AB CDE", "0123 4567 89AB CDEFG", "U123 4567 89AB CDEF", "ß123 4567 89AB CDE", "０" * 16]
)
def test_almost_a_recovery_code_is_refused(odd):
    with pytest.raises(Refusal):
        anonymity.read_recovery_code(odd)


def test_a_token_of_before_there_were_recovery_codes_has_none():
    assert anonymity.recovery_code("hTq-Xb0Z3nqvLk2_s9Yw8aPc") is None


def test_a_hash_does_not_show_what_it_was_made_of():
    assert "ab" * 16 not in anonymity.hash_receipt("ab" * 16)
    assert anonymity.hash_token("stoel") != anonymity.hash_token("stoel ")


def test_two_votes_of_one_seat_and_two_seats_in_one_vote_share_nothing():
    keys = {anonymity.voter_key(seat, vote) for seat in ("een", "twee") for vote in (1, 2)}
    assert len(keys) == 4 and anonymity.hash_token("een") not in keys


@given(some.dictionaries(some.text(max_size=3), some.sampled_from("abcd")))
def test_a_batch_is_shown_when_three_different_people_are_in_it(batch):
    assert anonymity.may_release(batch) == (len(set(batch.values())) >= 3)


@given(some.lists(some.integers()), some.integers())
def test_mixing_loses_and_adds_nothing(things, seed):
    assert sorted(anonymity.shuffled(things, random.Random(seed))) == sorted(things)


def test_mixing_gives_every_order_its_turn():
    orders = {tuple(anonymity.shuffled([1, 2, 3], random.Random(seed))) for seed in range(200)}
    assert len(orders) == 6


def test_one_and_two_people_are_few():
    assert [anonymity.is_few(count) for count in range(5)] == [True, True, True, False, False]


def test_a_second_text_of_a_form_has_one_receipt_of_its_own():
    first, other = (anonymity.receipt_of_another_text("ab" * 16, text) for text in ("een", "twee"))
    assert len({first, other, "ab" * 16}) == 3
    assert first == anonymity.receipt_of_another_text("ab" * 16, "een")
    assert anonymity.hash_receipt(first)
