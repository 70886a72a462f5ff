"""Which seats are in which session, so that a room that writes at once does not ask the database for each of them.

In memory only: the hashes of seats by session, and nothing of what anybody did there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from app.commands.run import Writer
from app.store import people
from app.store.database import Database
from app.store.tables import ModerationSession

# What another process changes, the command line, is noticed within this time.
SECONDS_BELIEVED = 1.0
SECONDS_KEPT = 3600.0
MOST_SEATS = 50_000


@dataclass
class KnownSession:
    """A session by its code, as the database had it when the writer had made so many `changes`."""

    id: int
    changes: int
    looked_at: float
    # Nobody leaves a session, so whoever was found in it before is in it for as long as it is there.
    seats: set[str] = field(default_factory=set)


class KnownSeats:
    """Answers from memory for a seat that was found before, as long as nothing can have changed."""

    def __init__(self, database: Database, writer: Writer) -> None:
        self._database = database
        self._writer = writer
        self._by_code: dict[str, KnownSession] = {}

    async def session_of(self, code: str, participant: str) -> int | None:
        """The id of the session with this code, if this seat (its hash) is in it.

        A seat that is not known to be there is always looked up, by one query: so the time tells nothing of a code.
        """
        known = self._by_code.get(code)
        if known is not None and participant in known.seats and self._is_fresh(known):
            return known.id
        session = await self.look_up(code, participant)
        return session.id if session is not None else None

    def took(self, code: str, participant: str) -> None:
        """A seat was taken just now: it needs no query either, where the session itself is known well enough."""
        known = self._by_code.get(code)
        if known is not None and self._is_fresh(known) and self._seats() < MOST_SEATS:
            known.seats.add(participant)

    async def look_up(self, code: str, participant: str) -> ModerationSession | None:
        """The session itself, as it is stored now; the seat is known from then on."""
        known = self._by_code.get(code)
        # Read before the query: what is committed meanwhile makes its answer old.
        changes = self._writer.changes
        async with self._database.reader() as db:
            session = await people.session_of_seat(db, code, participant)
        if session is None or session.id is None:
            if known is not None and participant in known.seats:
                self._by_code.pop(code, None)
            return None
        self._remember(code, session.id, changes, participant)
        return session

    def _is_fresh(self, known: KnownSession) -> bool:
        return known.changes == self._writer.changes and time.monotonic() - known.looked_at < SECONDS_BELIEVED

    def _remember(self, code: str, session_id: int, changes: int, participant: str) -> None:
        now = time.monotonic()
        known = self._by_code.get(code)
        if known is None or known.id != session_id or self._seats() >= MOST_SEATS:
            self._sweep(now)
            known = self._by_code[code] = KnownSession(session_id, changes, now)
        known.changes, known.looked_at = changes, now
        known.seats.add(participant)

    def _sweep(self, now: float) -> None:
        """Forget sessions in which nobody is any more; and all of them rather than fill the memory."""
        self._by_code = {code: one for code, one in self._by_code.items() if now - one.looked_at < SECONDS_KEPT}
        if self._seats() >= MOST_SEATS:
            self._by_code.clear()

    def _seats(self) -> int:
        return sum(len(one.seats) for one in self._by_code.values())
