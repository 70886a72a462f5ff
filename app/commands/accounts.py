"""Accounts of moderators: making one, choosing its password, signing in and out."""

from __future__ import annotations

import re
import time

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain.agenda import LONGEST_NAME
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.store import people
from app.store.tables import KnownBrowser, Moderator, SetUpLink, SignIn

SIGN_IN_SECONDS = 30 * 24 * 3600
# As long as browsers keep a cookie; counted anew at each sign-in.
KNOWN_SECONDS = 400 * 24 * 3600
SET_UP_SECONDS = 24 * 3600
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def now() -> int:
    """Seconds since 1970, by which links and sign-ins expire."""
    return int(time.time())


async def offer_set_up(db: AsyncSession, token_hash: str) -> Outcome:
    """Make this the only set-up link, while there is no moderator yet; the answer is whether it was made."""
    if await people.has_moderators(db):
        return Outcome([], False)
    await people.end_all_links(db)
    db.add(SetUpLink(token_hash=token_hash, expires_at=now() + SET_UP_SECONDS))
    return Outcome([], True)


async def set_up(db: AsyncSession, token_hash: str, email: str, name: str, password_hash: str) -> Outcome:
    """Make the first moderator with a set-up link, which is used up; the answer is the account's id."""
    link = await people.set_up_link(db, token_hash, now())
    if link is None or link.moderator_id is not None or await people.has_moderators(db):
        raise Refusal(Reason.SET_UP_LINK_USED)
    await db.delete(link)
    return await create(db, email, name, password_hash, is_owner=True)


async def create(db: AsyncSession, email: str, name: str, password_hash: str, is_owner: bool = False) -> Outcome:
    """An account; the answer is its id. The password was hashed before, outside the transaction; an empty hash is
    right for no password, until one is chosen with a link.

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


async def invite(db: AsyncSession, email: str, name: str, is_owner: bool, token_hash: str) -> Outcome:
    """An account whose password is chosen with this link, once; the answer is its id."""
    made = await create(db, email, name, "", is_owner)
    _offer_password(db, int(made.answer), token_hash)
    return made


async def offer_password(db: AsyncSession, email: str, token_hash: str) -> Outcome:
    """End an account's password and all its sign-ins; a new one is chosen with this link, once."""
    moderator = await _by_email(db, email)
    moderator.password_hash = ""
    await people.forget_browsers(db, int(moderator.id or 0))
    _offer_password(db, int(moderator.id or 0), token_hash)
    return Outcome()


async def set_password(db: AsyncSession, email: str, password_hash: str) -> Outcome:
    """A new password from whoever runs the server; all sign-ins and open links of the account end."""
    moderator = await _by_email(db, email)
    moderator.password_hash = password_hash
    await people.forget_browsers(db, int(moderator.id or 0))
    return Outcome()


async def choose_password(db: AsyncSession, token_hash: str, password_hash: str) -> Outcome:
    """Use up a link that names an account; the answer is the account's id."""
    link = await people.set_up_link(db, token_hash, now())
    moderator = await people.moderator_of_link(db, link) if link is not None else None
    if link is None or moderator is None:
        raise Refusal(Reason.SET_UP_LINK_USED)
    moderator.password_hash = password_hash
    await people.forget_browsers(db, int(moderator.id or 0))
    return Outcome([], moderator.id)


async def change_password(
    db: AsyncSession, moderator_id: int, old_hash: str, password_hash: str, token_hash: str, known_hash: str
) -> Outcome:
    """A new password from its owner, who showed the present one; every other browser is signed out and forgotten."""
    if not await people.change_password(db, moderator_id, old_hash, password_hash):
        raise Refusal(Reason.PASSWORD_NOT_PRESENT)
    await people.forget_browsers(db, moderator_id, token_hash, known_hash)
    return Outcome()


async def sign_in(
    db: AsyncSession,
    moderator_id: int,
    token_hash: str,
    known_hash: str = "",
    known_before: str = "",
    checked_hash: str | None = None,
) -> Outcome:
    """Remember a browser of this moderator by the hash of its token, and that it is known by that of another, which
    takes the place of the one it had before.

    Refused when the account is gone, or its password is no longer the one that was checked.
    """
    moderator = await people.moderator_by_id(db, moderator_id)
    if moderator is None or (checked_hash is not None and moderator.password_hash != checked_hash):
        raise Refusal(Reason.SIGN_IN_WRONG)
    await people.end_old_sign_ins(db, now())
    await people.forget_old_browsers(db, now(), known_before)
    db.add(SignIn(token_hash=token_hash, moderator_id=moderator_id, expires_at=now() + SIGN_IN_SECONDS))
    if known_hash:
        db.add(KnownBrowser(token_hash=known_hash, moderator_id=moderator_id, expires_at=now() + KNOWN_SECONDS))
    return Outcome()


async def sign_out(db: AsyncSession, token_hash: str) -> Outcome:
    """Forget a browser."""
    await people.end_sign_in(db, token_hash)
    return Outcome()


async def sign_out_everywhere(db: AsyncSession, moderator_id: int, known_hash: str) -> Outcome:
    """Sign every browser of this moderator out; only the one that asks stays known."""
    await people.forget_browsers(db, moderator_id, but_known=known_hash)
    return Outcome()


async def _by_email(db: AsyncSession, email: str) -> Moderator:
    moderator = await people.moderator_by_email(db, email)
    if moderator is None:
        raise Refusal(Reason.ACCOUNT_UNKNOWN)
    return moderator


def _offer_password(db: AsyncSession, moderator_id: int, token_hash: str) -> None:
    db.add(SetUpLink(token_hash=token_hash, expires_at=now() + SET_UP_SECONDS, moderator_id=moderator_id))
