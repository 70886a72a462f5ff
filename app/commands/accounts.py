"""Accounts of moderators: the set-up link, the first moderator, signing in and out."""

from __future__ import annotations

import re
import time

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain.agenda import LONGEST_NAME
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.store import people
from app.store.tables import Moderator, SetUpLink, SignIn

SIGN_IN_SECONDS = 30 * 24 * 3600
SHORTEST_PASSWORD = 12
SET_UP_SECONDS = 24 * 3600
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def now() -> int:
    """Seconds since 1970, by which links and sign-ins expire."""
    return int(time.time())


async def offer_set_up(db: AsyncSession, token_hash: str) -> Outcome:
    """Make this the only set-up link, while there is no moderator yet; the answer is whether it was made."""
    if await people.has_moderators(db):
        return Outcome([], False)
    await db.exec(delete(SetUpLink))
    db.add(SetUpLink(token_hash=token_hash, expires_at=now() + SET_UP_SECONDS))
    return Outcome([], True)


async def set_up(db: AsyncSession, token_hash: str, email: str, name: str, password_hash: str) -> Outcome:
    """Make the first moderator with a set-up link, which is used up; the answer is the account's id."""
    link = await people.set_up_link(db, token_hash, now())
    if link is None or await people.has_moderators(db):
        raise Refusal(Reason.SET_UP_LINK_USED)
    await db.delete(link)
    return await create(db, email, name, password_hash, is_owner=True)


async def create(db: AsyncSession, email: str, name: str, password_hash: str, is_owner: bool = False) -> Outcome:
    """An account; the answer is its id. The password was hashed before, outside the transaction.

    The first one of a server, and those made as such, may change the server's settings.
    """
    address = check_line(email, LONGEST_NAME).lower()
    if not _EMAIL.fullmatch(address):
        raise Refusal(Reason.EMAIL_MALFORMED)
    if await people.moderator_by_email(db, address) is not None:
        raise Refusal(Reason.EMAIL_TAKEN)
    moderator = Moderator(
        email=address,
        name=check_line(name, LONGEST_NAME),
        password_hash=password_hash,
        is_owner=is_owner or not await people.has_moderators(db),
    )
    db.add(moderator)
    await db.flush()
    return Outcome([], moderator.id)


async def sign_in(db: AsyncSession, moderator_id: int, token_hash: str) -> Outcome:
    """Remember a browser of this moderator by the hash of its token."""
    await db.exec(delete(SignIn).where(col(SignIn.expires_at) < now()))
    db.add(SignIn(token_hash=token_hash, moderator_id=moderator_id, expires_at=now() + SIGN_IN_SECONDS))
    return Outcome()


async def sign_out(db: AsyncSession, token_hash: str) -> Outcome:
    """Forget a browser."""
    await db.exec(delete(SignIn).where(col(SignIn.token_hash) == token_hash))
    return Outcome()
