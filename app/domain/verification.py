"""A tally that anyone can verify: the secret of a ballot, the code its voter may know, and when ballots are told."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence

from app.domain.anonymity import is_few
from app.domain.refusals import Reason, Refusal
from app.domain.report_rounds import ReportBallot
from app.domain.tally import has_voted

FEWEST_TO_TELL = 10
"""Below so many ballots each of them, laid beside what people say in the room, would show who gave it."""
CODE_LENGTH = 8
# Eight signs of five bits: the first forty bits of the hash.
_CODE_BYTES = CODE_LENGTH * 5 // 8
HEX_DIGITS_IN_CODE = 2 * _CODE_BYTES
BYTES_IN_HASH = 32
_CODE = re.compile(f"[A-Z2-7]{{{CODE_LENGTH}}}")
_SECRET = re.compile("[0-9a-f]{32}")


def hash_secret(secret: object) -> str | None:
    """SHA-256, in hexadecimal, of a ballot secret: 128 bits as 32 hexadecimal digits, made on the device.

    None where there is none, as from a phone without scripts. Raises Refusal for anything else.
    """
    if secret is None:
        return None
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        raise Refusal(Reason.BALLOT_SECRET_MALFORMED)
    return _hashed(secret)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def beginnings(sent: Iterable[object]) -> set[str]:
    """How the hashes of these secrets begin, as far as their codes tell; what is no secret is left out."""
    made = [secret for secret in sent if isinstance(secret, str) and _SECRET.fullmatch(secret)]
    return {_hashed(secret)[:HEX_DIGITS_IN_CODE] for secret in made}


def code_of(secret_hash: str) -> str:
    """The printed code: the first 8 characters of the hash in base32 (RFC 4648), which no padding follows."""
    return base64.b32encode(bytes.fromhex(secret_hash)[:_CODE_BYTES]).decode()


def told_code(secret_hash: str | None) -> str | None:
    """The code of a ballot, None where it has none."""
    return code_of(secret_hash) if secret_hash is not None else None


def code_for_holder(secret_hash: str | None, sent: str | None) -> str | None:
    """The code of a ballot for who holds its secret, of which `sent` is the hash; None for anybody else.

    Another device may have the seat, by its recovery code, and sees and changes the points while the vote is open.
    With the code it could look up later what they came to be in the end.
    """
    return told_code(secret_hash) if secret_hash == sent else None


def hash_begins(code: str) -> str:
    """What a code tells of the hash: its first 10 hexadecimal digits, of which `code_of` makes the same code."""
    return base64.b32decode(code).hex()


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def tells_ballots(verifiable: bool, ballots: int | None) -> bool:
    """Whether a closed vote of so many ballots (None: too few to count) tells each of them."""
    return verifiable and ballots is not None and ballots >= FEWEST_TO_TELL


def hashes_to_tell(cast: Sequence[tuple[Mapping[int, int], str | None]]) -> list[str | None]:
    """The hash that each ballot (points by theme, hash of its secret) keeps in a vote that tells its ballots.

    None for one that gives nothing. One or two without a code get one that nobody was told: they would be those of
    whoever, as the room can see, has a phone that runs no scripts. From three on they stay without: that is a group.
    """
    hashes = [secret_hash if has_voted(points) else None for points, secret_hash in cast]
    without = [at for at, (points, secret_hash) in enumerate(cast) if secret_hash is None and has_voted(points)]
    if is_few(len(without)):
        for at in without:
            hashes[at] = secrets.token_hex(BYTES_IN_HASH)
    return hashes


def in_no_order(ballots: Iterable[ReportBallot]) -> tuple[ReportBallot, ...]:
    """The ballots by their codes, which chance made, and those without one by their points: nothing is left of when
    each came, or of where it is stored."""
    return tuple(sorted(ballots, key=lambda one: (one.code is None, one.code or "", one.points)))
