"""Hashing and checking passwords, in a thread since each takes tens of milliseconds and 19 MiB on purpose."""

from __future__ import annotations

import asyncio
import weakref
from dataclasses import dataclass, field

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.domain.passwords import LONGEST_PASSWORD
from app.domain.refusals import Reason, Refusal

# 19 MiB, two passes: OWASP's figure for small servers.
_HASHER = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))
# Checked when the address is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash("nobody")
MOST_STRANGERS_WAITING = 100


@dataclass
class _Turns:
    """Two hashes at a time and no more, so that a room full of phones never waits for guessed passwords.

    One place is for strangers; one is for browsers known to the account and people who choose a password, who so
    never stand in line behind strangers.
    """

    strangers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    known: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    strangers_waiting: int = 0


# By event loop, since a semaphore belongs to one.
_turns: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = weakref.WeakKeyDictionary()


def hash_now(password: str) -> str:
    """The hash of a password; takes tens of milliseconds, so never on the event loop."""
    return _HASHER.hash(password)


async def hash_password(password: str) -> str:
    async with _turns_here().known:
        return await asyncio.to_thread(hash_now, password)


async def is_right(password: str, password_hash: str | None, is_known: bool = False) -> bool:
    """Whether a password belongs to a hash; always False for an unknown account (None) and for one whose password
    still has to be chosen (empty), after the same time.

    Raises Refusal(SIGN_IN_WAIT) when too many strangers wait for theirs.
    """
    turns = _turns_here()
    if is_known:
        async with turns.known:
            return await _verified(password, password_hash)
    if turns.strangers_waiting >= MOST_STRANGERS_WAITING:
        raise Refusal(Reason.SIGN_IN_WAIT)
    turns.strangers_waiting += 1
    try:
        async with turns.strangers:
            return await _verified(password, password_hash)
    finally:
        turns.strangers_waiting -= 1


async def _verified(password: str, password_hash: str | None) -> bool:
    """Nothing longer than may be chosen is hashed, and it is never right."""
    right = await asyncio.to_thread(_HASHER.verify, password[:LONGEST_PASSWORD], password_hash or _NOBODY)
    return right and bool(password_hash) and len(password) <= LONGEST_PASSWORD


def _turns_here() -> _Turns:
    return _turns.setdefault(asyncio.get_running_loop(), _Turns())
