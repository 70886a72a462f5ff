"""How often an address may try: codes typed at random and passwords guessed, never a room that joins at once."""

from __future__ import annotations

import ipaddress
import time
from collections import defaultdict

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.domain.refusals import Reason, Refusal

WRONG_CODES = RateLimitItemPerMinute(10, 10)
WRONG_PASSWORDS = RateLimitItemPerMinute(5, 1)
WRONG_FROM_ADDRESS = RateLimitItemPerMinute(30, 10, namespace="ADDRESS")
WRONG_FOR_ACCOUNT = RateLimitItemPerMinute(20, 10, namespace="ACCOUNT")
LONGEST_QUEUE_SECONDS = 8.0


def network_of(address: str) -> str:
    """Whom a limit counts for: an address, for IPv6 its /64, since a device has a whole one to choose from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(parsed)


class TypedCodes:
    """After ten wrong typed codes in ten minutes an address's typed codes wait their turn, one a second."""

    def __init__(self) -> None:
        self._wrong = MovingWindowRateLimiter(MemoryStorage())
        self._next_turn: defaultdict[str, float] = defaultdict(float)

    def seconds_to_wait(self, address: str) -> float | None:
        """How long this attempt waits before it is looked up; None when the queue is too long already."""
        network = network_of(address)
        if self._wrong.test(WRONG_CODES, network):
            return 0.0
        now = time.monotonic()
        turn = max(now, self._next_turn[network])
        if turn - now > LONGEST_QUEUE_SECONDS:
            return None
        self._next_turn[network] = turn + 1.0
        return turn - now

    def was_wrong(self, address: str) -> None:
        self._wrong.hit(WRONG_CODES, network_of(address))


class Attempts:
    """Wrong passwords slow down their address and their account together; an owner elsewhere is never locked out."""

    def __init__(self) -> None:
        self._wrong = MovingWindowRateLimiter(MemoryStorage())

    def begin(self, address: str, email: str) -> float:
        """Count an attempt before its password is looked at, so that many at once don't slip through.

        Returns how long it waits. Raises Refusal(SIGN_IN_WAIT) when this address tried this account too often.
        """
        who = (network_of(address), email.strip().lower()[:200])
        if not self._wrong.hit(WRONG_PASSWORDS, *who) or not self._wrong.hit(WRONG_FROM_ADDRESS, who[0]):
            raise Refusal(Reason.SIGN_IN_WAIT)
        # An account under attack from everywhere answers slower to strangers' addresses, and still answers.
        return 0.0 if self._wrong.test(WRONG_FOR_ACCOUNT, who[1]) else 2.0

    def was_wrong(self, email: str) -> None:
        self._wrong.hit(WRONG_FOR_ACCOUNT, email.strip().lower()[:200])

    def was_right(self, address: str, email: str) -> None:
        """The owner's own slips are forgotten."""
        self._wrong.clear(WRONG_PASSWORDS, network_of(address), email.strip().lower()[:200])
