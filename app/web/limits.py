"""How often an address may try codes typed at random; a room that joins at once is never slowed."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from app.domain.refusals import Reason, Refusal

WRONG_CODES = RateLimitItemPerMinute(10, 10)
# Five hundred people behind one address who all press twice stay below it.
NAMES_FROM_ADDRESS = RateLimitItemPerMinute(1500, 10, namespace="NAMES")
LONGEST_QUEUE_SECONDS = 8.0
Found = TypeVar("Found")
# Above it, networks whose turn is over are swept out.
MOST_NETWORKS = 10_000


def network_of(address: str) -> str:
    """Whom a limit counts for: an address, for IPv6 its /64, since a device has a whole one to choose from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        # An IPv4 address in IPv6 clothes, as some proxies write it: all of those together are one /64.
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(parsed)


class ListedNames:
    """A whole room puts its names on a list at once; a flood waits. Counts only: no moment of anybody is kept."""

    def __init__(self) -> None:
        self._sent = FixedWindowRateLimiter(MemoryStorage())

    def check(self, address: str) -> None:
        """Raises Refusal(ATTENDANCE_WAIT) when far more came from this address than a room has people."""
        if not self._sent.hit(NAMES_FROM_ADDRESS, network_of(address)):
            raise Refusal(Reason.ATTENDANCE_WAIT)


class TypedCodes:
    """After ten wrong typed codes in ten minutes an address's typed codes wait their turn, one a second."""

    def __init__(self) -> None:
        self._wrong = MovingWindowRateLimiter(MemoryStorage())
        self._next_turn: dict[str, float] = {}

    def seconds_to_wait(self, address: str) -> float | None:
        """How long this attempt waits before it is looked up; None when the queue is too long already."""
        network = network_of(address)
        if self._wrong.test(WRONG_CODES, network):
            return 0.0
        now = time.monotonic()
        if len(self._next_turn) > MOST_NETWORKS:
            self._next_turn = {one: turn for one, turn in self._next_turn.items() if turn > now}
        turn = max(now, self._next_turn.get(network, now))
        if turn - now > LONGEST_QUEUE_SECONDS:
            return None
        self._next_turn[network] = turn + 1.0
        return turn - now

    def was_wrong(self, address: str) -> None:
        self._wrong.hit(WRONG_CODES, network_of(address))


async def look_up(
    connection: HTTPConnection,
    codes: TypedCodes,
    find: Callable[[], Awaitable[Found | None]],
    unknown: Reason,
    wait: Reason,
) -> Found:
    """What `find` finds by a typed code: limited before it is looked up, alike for right and wrong codes.

    Raises Refusal: `wait` when the queue is too long already, `unknown` for a code that is wrong, which counts.
    """
    address = connection.client.host if connection.client else ""
    async with _one_at_a_time(connection, unknown):
        seconds = codes.seconds_to_wait(address)
        if seconds == 0:
            return await _found(codes, address, find, unknown)
    if seconds is None:
        raise Refusal(wait)
    await asyncio.sleep(seconds)
    return await _found(codes, address, find, unknown)


def _one_at_a_time(connection: HTTPConnection, kind: Reason) -> asyncio.Lock:
    """One lock per application and kind of code, since a lock belongs to one event loop.

    Many at once would all be looked up before the first wrong one counts.
    """
    state, name = connection.app.state, f"looking_up_{kind}"
    if not hasattr(state, name):
        setattr(state, name, asyncio.Lock())
    lock: asyncio.Lock = getattr(state, name)
    return lock


async def _found(
    codes: TypedCodes, address: str, find: Callable[[], Awaitable[Found | None]], unknown: Reason
) -> Found:
    found = await find()
    if found is None:
        codes.was_wrong(address)
        raise Refusal(unknown)
    return found
