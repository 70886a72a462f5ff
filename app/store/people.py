"""Seats of participants, the attendance list, and the accounts of moderators; nothing joins one to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Table, and_, delete, func, insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.store.tables import (
    Attendee,
    CoModerator,
    KnownBrowser,
    ModerationSession,
    Moderator,
    Participant,
    SetUpLink,
    SignIn,
)

_SEATS: Table = Participant.__table__  # type: ignore[attr-defined]


async def session_of_seat(db: AsyncSession, code: str, token_hash: str) -> ModerationSession | None:
    """The session with this code, if this seat is in it: one query, so that its time tells nothing of a code."""
    found = (
        select(ModerationSession)
        .join(Participant, col(Participant.session_id) == ModerationSession.id)
        .where(
            Participant.token_hash == token_hash,
            ModerationSession.code == code,
            col(ModerationSession.deleted_at).is_(None),
        )
    )
    return (await db.exec(found)).first()


async def session_with_seat(db: AsyncSession, token_hash: str) -> ModerationSession | None:
    """The session in which this seat is, unless it was deleted."""
    found = (
        select(ModerationSession)
        .join(Participant, col(Participant.session_id) == ModerationSession.id)
        .where(Participant.token_hash == token_hash, col(ModerationSession.deleted_at).is_(None))
    )
    return (await db.exec(found)).first()


async def has_seat(db: AsyncSession, session_id: int, token_hash: str) -> bool:
    """Whether this seat belongs to this session."""
    participant = await db.get(Participant, token_hash)
    return participant is not None and participant.session_id == session_id


async def take_seats(db: AsyncSession, rows: Iterable[tuple[str, int]]) -> None:
    """New seats, each a token's hash and a session's id, in one insert."""
    # By table and not by class: without objects it takes half the time.
    new = [{"token_hash": token_hash, "session_id": session_id} for token_hash, session_id in rows]
    await db.exec(insert(_SEATS), params=new)


async def seats(db: AsyncSession, session_id: int) -> int:
    """How many seats were taken in a session."""
    found = select(func.count()).select_from(Participant).where(Participant.session_id == session_id)
    return (await db.exec(found)).one()


async def attendees(db: AsyncSession, session_id: int) -> Sequence[Attendee]:
    """The attendance list, by name."""
    found = select(Attendee).where(Attendee.session_id == session_id)
    return (await db.exec(found.order_by(func.lower(Attendee.name), col(Attendee.id)))).all()


async def attendee(db: AsyncSession, session_id: int, attendee_id: str) -> Attendee | None:
    """A name on the attendance list, only if it is that of this session."""
    found = select(Attendee).where(Attendee.id == attendee_id, Attendee.session_id == session_id)
    return (await db.exec(found)).first()


async def attendee_count(db: AsyncSession, session_id: int) -> int:
    """How many names are on the attendance list."""
    found = select(func.count()).select_from(Attendee).where(Attendee.session_id == session_id)
    return (await db.exec(found)).one()


async def is_listed(db: AsyncSession, session_id: int, name: str, role: str) -> bool:
    """Whether this very name with this very role is on the list."""
    found = select(Attendee.id).where(Attendee.session_id == session_id, Attendee.name == name, Attendee.role == role)
    return (await db.exec(found.limit(1))).first() is not None


async def moderator_by_email(db: AsyncSession, email: str) -> Moderator | None:
    """An account by its address; capitals don't matter."""
    return (await db.exec(select(Moderator).where(Moderator.email == email.strip().lower()))).first()


async def co_moderator(db: AsyncSession, session_id: int, moderator_id: int) -> CoModerator | None:
    """The sharing of a session with this moderator, if there is one."""
    return await db.get(CoModerator, (session_id, moderator_id))


async def leading(db: AsyncSession, session: ModerationSession) -> list[int]:
    """The ids of all who may lead a session: its owner, then those with whom it is shared."""
    found = select(CoModerator.moderator_id).where(CoModerator.session_id == session.id)
    return [session.moderator_id, *(await db.exec(found.order_by(col(CoModerator.moderator_id)))).all()]


async def moderator_by_id(db: AsyncSession, moderator_id: int) -> Moderator | None:
    """An account, unless it was removed."""
    return await db.get(Moderator, moderator_id)


async def name_of_moderator(db: AsyncSession, moderator_id: int) -> str:
    """The name of an account; empty when it was removed."""
    moderator = await moderator_by_id(db, moderator_id)
    return moderator.name if moderator is not None else ""


async def has_moderators(db: AsyncSession) -> bool:
    return (await db.exec(select(Moderator.id).limit(1))).first() is not None


async def moderator_by_sign_in(db: AsyncSession, token_hash: str, now: int) -> Moderator | None:
    """Who is signed in with this token, while it lasts."""
    found = (
        select(Moderator)
        .join(SignIn, col(SignIn.moderator_id) == Moderator.id)
        .where(SignIn.token_hash == token_hash, SignIn.expires_at > now)
    )
    return (await db.exec(found)).first()


async def set_up_link(db: AsyncSession, token_hash: str, now: int) -> SetUpLink | None:
    """The unused set-up link with this token, while it lasts."""
    link = await db.get(SetUpLink, token_hash)
    return link if link is not None and link.expires_at > now else None


async def moderator_of_link(db: AsyncSession, link: SetUpLink) -> Moderator | None:
    """The account a set-up link is for; None for the first one, which is still to be made."""
    return await moderator_by_id(db, link.moderator_id) if link.moderator_id is not None else None


async def moderators(db: AsyncSession) -> Sequence[tuple[Moderator, int]]:
    """All accounts by address, each with how many sessions it has; deleted ones not counted."""
    has = and_(col(ModerationSession.moderator_id) == Moderator.id, col(ModerationSession.deleted_at).is_(None))
    found = select(Moderator, func.count(col(ModerationSession.id))).outerjoin(ModerationSession, has)
    return (await db.exec(found.group_by(col(Moderator.id)).order_by(Moderator.email))).all()


async def owners(db: AsyncSession) -> int:
    """How many accounts may change the server's settings."""
    return (await db.exec(select(func.count()).select_from(Moderator).where(col(Moderator.is_owner)))).one()


async def sign_ins(db: AsyncSession, moderator_id: int, now: int) -> int:
    """In how many browsers a moderator is signed in."""
    found = select(func.count()).select_from(SignIn)
    return (await db.exec(found.where(SignIn.moderator_id == moderator_id, SignIn.expires_at > now))).one()


async def still_signed_in(db: AsyncSession, token_hashes: Iterable[str], now: int) -> set[str]:
    """Those of these sign-ins that have not ended."""
    found = select(SignIn.token_hash).where(col(SignIn.token_hash).in_(list(token_hashes)), SignIn.expires_at > now)
    return set((await db.exec(found)).all())


async def is_known_browser(db: AsyncSession, token_hash: str, moderator_id: int, now: int) -> bool:
    """Whether this account signed in before with the browser that has this token."""
    known = await db.get(KnownBrowser, token_hash)
    return known is not None and known.moderator_id == moderator_id and known.expires_at > now


async def change_password(db: AsyncSession, moderator_id: int, old_hash: str, new_hash: str) -> bool:
    """Another password for an account; False where the old one is no longer the one that stands."""
    same = (col(Moderator.id) == moderator_id, col(Moderator.password_hash) == old_hash)
    return bool((await db.exec(update(Moderator).where(*same).values(password_hash=new_hash))).rowcount)


async def remove_moderator(db: AsyncSession, moderator_id: int) -> None:
    """Take an account away, and with it its sign-ins, known browsers, links and what was shared with it."""
    # By a statement, so that the database takes these along.
    await db.exec(delete(Moderator).where(col(Moderator.id) == moderator_id))


async def end_all_links(db: AsyncSession) -> None:
    """No set-up link works any more, whoever it is for."""
    await db.exec(delete(SetUpLink))


async def end_sign_in(db: AsyncSession, token_hash: str) -> None:
    """The sign-in with this token is over."""
    await db.exec(delete(SignIn).where(col(SignIn.token_hash) == token_hash))


async def end_old_sign_ins(db: AsyncSession, now: int) -> None:
    """Of sign-ins that lasted until before `now` (seconds since 1970) nothing is kept."""
    await db.exec(delete(SignIn).where(col(SignIn.expires_at) < now))


async def forget_old_browsers(db: AsyncSession, now: int, token_hash: str) -> None:
    """Browsers that were known until before `now` are forgotten, and the one that has this token."""
    outdated = (col(KnownBrowser.expires_at) < now) | (col(KnownBrowser.token_hash) == token_hash)
    await db.exec(delete(KnownBrowser).where(outdated))


async def forget_browsers(db: AsyncSession, moderator_id: int, but_sign_in: str = "", but_known: str = "") -> None:
    """End all sign-ins, known browsers and open links of an account, but those with these hashes."""
    others = delete(SignIn).where(col(SignIn.moderator_id) == moderator_id)
    await db.exec(others.where(col(SignIn.token_hash) != but_sign_in))
    known = delete(KnownBrowser).where(col(KnownBrowser.moderator_id) == moderator_id)
    await db.exec(known.where(col(KnownBrowser.token_hash) != but_known))
    await db.exec(delete(SetUpLink).where(col(SetUpLink.moderator_id) == moderator_id))
