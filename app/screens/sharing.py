"""The page on which a session is shared: whose it is, and who else leads it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.store import overview, people
from app.store.tables import ModerationSession, Moderator


@dataclass(frozen=True)
class Person:
    """A moderator by account."""

    id: int
    name: str
    email: str
    is_me: bool


@dataclass(frozen=True)
class SharingView:
    """`owns_it`: whether who looks may add and take off; others may only leave. `is_owner`: of the server."""

    moderator: str
    session: int
    name: str
    status: str
    is_owner: bool
    owns_it: bool
    owner: Person
    people: tuple[Person, ...]


async def load(db: AsyncSession, session: ModerationSession, moderator: Moderator) -> SharingView:
    """Who leads this session, as one of them sees it."""
    session_id = int(session.id or 0)
    owner = await people.moderator_by_id(db, session.moderator_id)
    assert owner is not None, "a session without its owner"
    return SharingView(
        moderator=moderator.name,
        session=session_id,
        name=session.group_name or session.title,
        status=session.status,
        is_owner=moderator.is_owner,
        owns_it=session.moderator_id == moderator.id,
        owner=_person(owner, moderator),
        people=tuple(_person(one, moderator) for one in await overview.co_moderators(db, session_id)),
    )


def _person(one: Moderator, looking: Moderator) -> Person:
    return Person(int(one.id or 0), one.name, one.email, one.id == looking.id)
