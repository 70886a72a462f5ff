"""Faults in what is left out: a check that does not notice its fault checks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest import MonkeyPatch
from sqlmodel import col, select, update

from app.commands import redaction, statements
from app.commands.outcome import Outcome
from app.domain.events import StatementsRedacted
from app.live.room import Room
from app.screens import redaction as screen
from app.store import database
from app.store import quoting as stored_quoting
from app.store import redaction as stored
from app.store.tables import ModerationSession, Statement


def texts_that_are_only_not_shown(plant: MonkeyPatch) -> None:
    async def only_mark(db: Any, ids: Iterable[str]) -> None:
        await db.exec(update(Statement).where(col(Statement.id).in_(list(ids))).values(redacted=True))

    plant.setattr(stored, "overwrite", only_mark)


def redacted_texts_that_stay_in_the_log_of_writes(plant: MonkeyPatch) -> None:
    real = redaction.redact

    async def lasting(db: Any, session: Any, **arguments: Any) -> Outcome:
        done = await real(db, session, **arguments)
        return Outcome(done.events, done.answer)

    plant.setattr(redaction, "redact", lasting)


def redacted_texts_that_stay_in_the_file(plant: MonkeyPatch) -> None:
    async def only_the_log(self: Any) -> bool:
        return not await self._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")

    pragmas = tuple(pragma.replace("secure_delete=ON", "secure_delete=OFF") for pragma in database._PRAGMAS)
    plant.setattr(database, "_PRAGMAS", pragmas)
    plant.setattr(database.Database, "forget_order", only_the_log)


def a_resend_that_revives(plant: MonkeyPatch) -> None:
    real = statements._check_may_change

    def forgetful(session: Any, question: Any, statement: Any) -> None:
        statement.redacted = False
        real(session, question, statement)

    plant.setattr(statements, "_check_may_change", forgetful)


def drawings_that_are_kept(plant: MonkeyPatch) -> None:
    plant.setattr(Room, "forget_drawings", lambda self: None)


def a_request_that_screens_hear_of(plant: MonkeyPatch) -> None:
    real = redaction.ask

    async def telling(db: Any, session: Any, **arguments: Any) -> Outcome:
        return Outcome([StatementsRedacted()], (await real(db, session, **arguments)).answer)

    plant.setattr(redaction, "ask", telling)


def a_search_in_everybodys_sessions(plant: MonkeyPatch) -> None:
    plant.setattr(stored_quoting, "led_by", lambda _moderator: select(ModerationSession.id))


def a_request_that_shows_at_once(plant: MonkeyPatch) -> None:
    plant.setattr(screen, "tells_who_asks_for_it", lambda _status: True)
