"""Receipts, seats, voter keys, mixing and small groups: what keeps anybody from telling who said or chose what."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from app.domain.refusals import Reason, Refusal

FEW = 3
SECONDS_RECEIPTS_LAST = 24 * 3600
SECONDS_CODES_REST = 30 * 24 * 3600
_RECEIPT = re.compile(r"[0-9a-f]{32}")
SEAT_TOKEN_BYTES = 10
# Crockford's base32: no I, L, O and U, which are taken for other signs or make words.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAKEN_FOR = str.maketrans("OIL", "011")
_SEAT_TOKEN = re.compile(f"[{_SIGNS}]{{16}}")

Thing = TypeVar("Thing")


def hash_receipt(receipt: object) -> str:
    """SHA-256 of a receipt, 32 hexadecimal digits made on the device. Raises Refusal for anything else."""
    if not isinstance(receipt, str) or not _RECEIPT.fullmatch(receipt):
        raise Refusal(Reason.RECEIPT_MALFORMED)
    return hashlib.sha256(receipt.encode()).hexdigest()


def receipt_of_another_text(receipt: str, text: str) -> str:
    """The receipt under which a second text goes that came by the same form: the same for the same text."""
    return hashlib.sha256(f"{receipt} {text}".encode()).hexdigest()[:32]


def hash_token(token: str) -> str:
    """SHA-256 of a random token, which is all the database keeps of seats and sign-ins."""
    return hashlib.sha256(token.encode()).hexdigest()


def seat_token(random_bytes: bytes) -> str:
    """A seat's token: 80 random bits (10 bytes) as 16 signs, so that it can be read out as a recovery code."""
    bits = int.from_bytes(random_bytes)
    return "".join(_SIGNS[bits >> shift & 31] for shift in range(75, -1, -5))


def recovery_code(token: str) -> str | None:
    """The seat's token in four groups of four; None for a token of an earlier form, which nobody can type."""
    if not _SEAT_TOKEN.fullmatch(token):
        return None
    return "-".join(token[place : place + 4] for place in range(0, 16, 4))


def read_recovery_code(typed: str) -> str:
    """The token behind a code as people type it: any case, any spaces and dashes, O for 0, I and L for 1.

    Raises Refusal when no 16 such signs are left.
    """
    signs = "".join(sign for sign in typed if unicodedata.category(sign) not in ("Pd", "Zs", "Cc", "Cf"))
    token = signs.upper().translate(_TAKEN_FOR)
    # Without the first a single ß would be read as two letters.
    if not signs.isascii() or not _SEAT_TOKEN.fullmatch(token):
        raise Refusal(Reason.RECOVERY_CODE_MALFORMED)
    return token


def voter_key(seat_token: str, round_id: int) -> str:
    """HMAC-SHA-256 of the seat's token, which is only in the participant's cookie: so it ties a ballot to nobody."""
    return hmac.new(seat_token.encode(), f"ballot{round_id}".encode(), hashlib.sha256).hexdigest()


def anchor(seat_token: str, round_id: int, theme: object) -> str:
    """Where on its own page a theme of a vote stands. A browser keeps addresses for months: without the seat's token
    nobody can tell from one which theme somebody touched."""
    place = hmac.new(seat_token.encode(), f"anchor{round_id}-{theme}".encode(), hashlib.sha256)
    return f"vote-at-{place.hexdigest()[:12]}"


def is_mixed(mixing: bool, on_phones: bool, is_collecting: bool) -> bool:
    """Whether statements wait for others: where the session mixes, always before participants, and late ones."""
    return mixing or on_phones or not is_collecting


def may_release(participants: Mapping[str, str]) -> bool:
    """Whether a batch (statement id to participant) holds enough different people to be shown."""
    return len(set(participants.values())) >= FEW


def shuffled(things: Sequence[Thing], chance: random.Random) -> list[Thing]:
    """The same things in random order, so that the order of arrival can't be read from it."""
    mixed = list(things)
    chance.shuffle(mixed)
    return mixed


def is_few(count: int) -> bool:
    """Whether a count of people who did something must read "fewer than 3"."""
    return count < FEW
