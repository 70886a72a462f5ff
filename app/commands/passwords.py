"""Hashing and checking passwords, in a thread since each takes tens of milliseconds on purpose."""

from __future__ import annotations

import asyncio

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# 19 MiB, two passes: OWASP's figure for small servers.
_HASHER = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))
# Checked when the address is unknown, so that the answer takes as long as for a known one.
_NOBODY = _HASHER.hash("nobody")


def hash_now(password: str) -> str:
    """The hash of a password; takes tens of milliseconds, so never on the event loop."""
    return _HASHER.hash(password)


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(hash_now, password)


async def is_right(password: str, password_hash: str | None) -> bool:
    """Whether a password belongs to a hash; always False for an unknown account (None), after the same time."""
    right = await asyncio.to_thread(_HASHER.verify, password, password_hash or _NOBODY)
    return right and password_hash is not None
