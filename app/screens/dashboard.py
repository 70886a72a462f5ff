"""The dashboard: a moderator's sessions, live, planned and ended, those that match a search, and what was deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import retention
from app.domain.anonymity import is_few
from app.domain.phases import Status
from app.domain.search import matches
from app.languages import DEFAULT
from app.screens.render import day_of_week, long_date
from app.store import overview, owner_settings, sessions
from app.store.overview import Counts, Sharing
from app.store.tables import ModerationSession, Moderator

# A page of hundreds of finished sessions is slow on a poor line; all of them are one press or a search away.
ENDED_AT_FIRST = 50


@dataclass(frozen=True)
class SessionRow:
    """A session in a list; `participants` is None when fewer than three took a seat.

    `owner` is the name of whoever shares it with this moderator, empty for an own session.
    """

    id: int
    title: str
    group: str
    day: date
    starts_at: str | None
    questions: int
    actions: int
    open_actions: int
    overdue: int
    ownerless: int
    participants: int | None
    owner: str
    shared_with: tuple[str, ...]
    kept_until: date
    goes_soon: bool

    @property
    def name(self) -> str:
        return self.group or self.title


@dataclass(frozen=True)
class LiveSession:
    """A session with people in it; `number` and `phase` are None before its first question, `number` in a pause."""

    row: SessionRow
    code: str
    connected: int
    number: int | None
    phase: str | None


@dataclass(frozen=True)
class DeletedSession:
    """A session that can be put back until a day."""

    id: int
    name: str
    until: date


@dataclass(frozen=True)
class DashboardView:
    """What a moderator sees first; the lists hold what matches `search`, of `total` sessions."""

    moderator: str
    is_owner: bool
    today: date
    search: str
    total: int
    live: tuple[LiveSession, ...]
    drafts: tuple[SessionRow, ...]
    ended: tuple[SessionRow, ...]
    deleted: tuple[DeletedSession, ...]
    ended_left_out: int = 0

    @property
    def found(self) -> int:
        return len(self.live) + len(self.drafts) + len(self.ended)


@dataclass(frozen=True)
class _Known:
    """All that the rows need, asked once for all of them."""

    counts: dict[int, Counts]
    sharing: dict[int, Sharing]
    days: int
    today: date
    moderator_id: int

    def row(self, session: ModerationSession) -> SessionRow:
        session_id = int(session.id or 0)
        counts, sharing = self.counts.get(session_id, Counts()), self.sharing[session_id]
        until = retention.kept_until(session.held_on, session.kept_from, self.days)
        return SessionRow(
            id=session_id,
            title=session.title,
            group=session.group_name,
            day=session.held_on,
            starts_at=session.starts_at,
            questions=counts.questions,
            actions=counts.actions,
            open_actions=counts.open,
            overdue=counts.overdue,
            ownerless=counts.ownerless,
            participants=None if is_few(counts.seats) else counts.seats,
            owner="" if session.moderator_id == self.moderator_id else sharing.owner,
            shared_with=sharing.shared_with,
            kept_until=until,
            goes_soon=retention.is_soon(until, self.today),
        )


async def load(
    db: AsyncSession,
    moderator: Moderator,
    connected: Callable[[int], int],
    search: str = "",
    language: str = DEFAULT,
    with_all: bool = False,
) -> DashboardView:
    """The sessions of this moderator that match a search; `connected` tells how many participants are in one now.

    A day is searched as it reads in `language`. Of many finished ones the latest, unless `with_all` or searched.
    """
    moderator_id, today = int(moderator.id or 0), date.today()
    known = _Known(
        await overview.counts(db, moderator_id, today),
        await overview.sharing(db, moderator_id),
        await owner_settings.retention_days(db),
        today,
        moderator_id,
    )
    own = await sessions.of_moderator(db, moderator_id)
    found = [session for session in own if _matches(session, search, language)]
    shown = None if with_all or search.strip() else ENDED_AT_FIRST
    rows = {status: [known.row(one) for one in found if one.status == status] for status in Status}
    return DashboardView(
        moderator=moderator.name,
        is_owner=moderator.is_owner,
        today=today,
        search=search.strip(),
        total=len(own),
        live=await _live(db, moderator_id, found, known, connected),
        # The next one first, unlike what is past.
        drafts=tuple(sorted(rows[Status.DRAFT], key=lambda row: (row.day, row.starts_at or "", row.id))),
        ended=tuple(rows[Status.ENDED][:shown]),
        ended_left_out=len(rows[Status.ENDED][shown:]) if shown else 0,
        deleted=tuple(_deleted(session) for session in await sessions.deleted_by(db, moderator_id)),
    )


def _matches(session: ModerationSession, search: str, language: str) -> bool:
    day = session.held_on
    return matches(
        search,
        (
            session.title,
            session.group_name,
            long_date(language, day),
            day_of_week(language, day),
            day.isoformat(),
            session.starts_at or "",
        ),
    )


async def _live(
    db: AsyncSession,
    moderator_id: int,
    found: Sequence[ModerationSession],
    known: _Known,
    connected: Callable[[int], int],
) -> tuple[LiveSession, ...]:
    going_on = [session for session in found if session.status == Status.OPEN]
    whereabouts = await overview.whereabouts(db, moderator_id)
    live = []
    for session in going_on:
        session_id = int(session.id or 0)
        number, phase = whereabouts.get(session_id, (None, None))
        live.append(LiveSession(known.row(session), session.code or "", connected(session_id), number, phase))
    return tuple(live)


def _deleted(session: ModerationSession) -> DeletedSession:
    until = date.fromtimestamp(retention.comes_back_until(session.deleted_at or 0))
    return DeletedSession(int(session.id or 0), session.group_name or session.title, until)
