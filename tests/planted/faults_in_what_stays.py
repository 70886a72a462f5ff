"""Faults in what stays: a check that does not notice its fault checks nothing."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path
from typing import Any

from pytest import MonkeyPatch
from sqlmodel import select

from app.commands import attendance, participants, phases, retention, run, statements
from app.commands.outcome import Outcome
from app.domain import anonymity, tally
from app.logs import Discreet
from app.store import backup, ballots, database, people
from app.store import statements as stored

log = logging.getLogger("app.planted")


def an_author_column(plant: MonkeyPatch) -> None:
    _change_schema(plant, "alter table statement add column author text")


def a_created_at(plant: MonkeyPatch) -> None:
    _change_schema(plant, "alter table ballot add column created_at integer")


def a_table_that_joins_people_and_statements(plant: MonkeyPatch) -> None:
    _change_schema(plant, "create table arrival (statement_id text, seat text)")


def _change_schema(plant: MonkeyPatch, statement: str) -> None:
    real = database.Database.forget_order

    async def changing(self: Any) -> bool:
        try:
            await self._tell_driver(statement)
        except Exception:
            log.debug("it was changed before")
        return await real(self)

    plant.setattr(database.Database, "forget_order", changing)


def an_answer_before_the_commit(plant: MonkeyPatch) -> None:
    real = run.Writer._run_group

    async def hasty(self: Any, db: Any, session_id: Any, command: Any, group: Any, seqs: Any) -> None:
        await real(self, db, session_id, command, group, seqs)
        for waiting in group:
            run._answer(waiting)
        await asyncio.sleep(0.01)

    plant.setattr(run.Writer, "_run_group", hasty)


def one_in_a_hundred_sent_and_not_stored(plant: MonkeyPatch) -> None:
    async def lossy(db: Any, session: Any, waiting: list[Any], batches: Any) -> list[Any]:
        kept = [item for item in waiting if not item["text"].endswith(" 77")]
        outcomes = await statements.submit_all(db, session, kept, batches) if kept else []
        lost = Outcome([], {"status": "stored", "revision": 1})
        return [outcomes.pop(0) if item in kept else lost for item in waiting]

    plant.setitem(run.HOT, statements.submit, lossy)


def commits_that_do_not_reach_the_disk(plant: MonkeyPatch) -> None:
    pragmas = tuple(pragma.replace("FULL", "OFF") for pragma in database._PRAGMAS)
    plant.setattr(database, "_PRAGMAS", pragmas)


def deleted_sessions_that_leave_their_rows(plant: MonkeyPatch) -> None:
    kept = [pragma for pragma in database._PRAGMAS if not pragma.startswith("foreign_keys")]
    plant.setattr(database, "_PRAGMAS", (*kept, "foreign_keys=OFF"))


def deleted_sessions_that_stay_in_the_log_of_writes(plant: MonkeyPatch) -> None:
    real = retention.purge

    async def lasting(db: Any, **arguments: Any) -> Outcome:
        return Outcome(answer=(await real(db, **arguments)).answer)

    plant.setattr(retention, "purge", lasting)


def deleting_without_overwriting(plant: MonkeyPatch) -> None:
    pragmas = tuple(pragma.replace("secure_delete=ON", "secure_delete=OFF") for pragma in database._PRAGMAS)
    plant.setattr(database, "_PRAGMAS", pragmas)


def a_log_of_writes_that_is_never_emptied(plant: MonkeyPatch) -> None:
    async def forget_nothing(_self: Any) -> bool:
        return True

    plant.setattr(database.Database, "forget_order", forget_nothing)


def a_reader_for_whom_everybody_waits(plant: MonkeyPatch) -> None:
    async def until_the_log_is_empty(self: Any) -> bool:
        await self._tell_driver("VACUUM")
        return await self._empty_log() or await self._empty_log() or await self._empty_log()

    plant.setattr(database.Database, "forget_order", until_the_log_is_empty)


def a_log_that_is_taken_for_empty(plant: MonkeyPatch) -> None:
    real = database.Database.forget_order

    async def hopeful(self: Any) -> bool:
        await real(self)
        return True

    plant.setattr(database.Database, "forget_order", hopeful)


def a_file_that_keeps_the_order_of_arrival(plant: MonkeyPatch) -> None:
    async def only_the_log(self: Any) -> bool:
        return not await self._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")

    plant.setattr(database.Database, "forget_order", only_the_log)
    plant.setattr(phases.releases, "shuffle", _nothing)


def a_board_in_order_of_arrival(plant: MonkeyPatch) -> None:
    plant.setattr(phases.releases, "shuffle", _nothing)


def keys_that_count_up(plant: MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    plant.setattr(statements, "random_key", lambda: f"{next(numbers):016x}")


async def _nothing(*_: Any) -> None:
    """Does not do what it should."""


def retracted_texts_that_stay(plant: MonkeyPatch) -> None:
    async def only_hide(db: Any, _session: Any, receipt: str, revision: int, **_rest: Any) -> Outcome:
        found = await stored.by_receipts(db, [anonymity.hash_receipt(receipt)])
        for statement in found.values():
            statement.retracted, statement.released, statement.revision = True, False, revision
        return Outcome()

    plant.setattr(statements, "retract", only_hide)


def ballots_that_keep_their_voter_keys(plant: MonkeyPatch) -> None:
    async def only_count(db: Any, question: Any, _connected: int | None) -> None:
        vote = await phases.questions.last_round(db, question.id)
        given = await ballots.of_round(db, vote.id)
        counted = tally.count([{int(k): v for k, v in ballot.points.items()} for ballot in given], [])
        vote.closed, vote.ballots = True, counted.ballots if counted else None

    plant.setattr(phases, "_close_round", only_count)


def receipts_kept_as_they_are(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "hash_receipt", lambda receipt: str(receipt))


def seats_kept_as_they_are(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "hash_token", lambda token: token)


def receipts_kept_for_ever(plant: MonkeyPatch) -> None:
    plant.setattr(stored, "wipe_receipts", _nothing)


def a_seat_kept_with_a_name(plant: MonkeyPatch) -> None:
    """A seat, as far as the list can guess it, in the key of a name."""
    real = attendance.add_oneself

    async def tying(db: Any, session: Any, name: str, role: str, batches: Any) -> Outcome:
        outcome = await real(db, session, name, role, batches)
        await db.flush()
        seats = (await db.exec(select(people.Participant.token_hash))).all()
        for number, one in enumerate(await people.attendees(db, session.id)):
            one.id = seats[number % len(seats)]
        return outcome

    plant.setattr(attendance, "add_oneself", tying)


def names_that_count_up(plant: MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    real = attendance.Attendee
    plant.setattr(attendance, "Attendee", lambda **values: real(id=f"{next(numbers):016x}", **values))


def names_whose_writes_stay_in_the_log(plant: MonkeyPatch) -> None:
    a_log_of_writes_that_is_never_emptied(plant)


def a_statement_in_the_log(plant: MonkeyPatch) -> None:
    _log_of_each(plant, "text")


def a_receipt_in_the_log(plant: MonkeyPatch) -> None:
    _log_of_each(plant, "receipt")


def a_recovery_code_in_the_log(plant: MonkeyPatch) -> None:
    real = anonymity.read_recovery_code

    def talkative(typed: str) -> str:
        log.info("a recovery code came: %s", typed)
        return real(typed)

    plant.setattr(anonymity, "read_recovery_code", talkative)


def a_recovery_code_beside_the_seat(plant: MonkeyPatch) -> None:
    """Kept for whoever lost it, in the seat's own row."""
    hashed = {}
    real = anonymity.seat_token

    def remembered(random_bytes: bytes) -> str:
        token = real(random_bytes)
        hashed[anonymity.hash_token(token)] = token
        return token

    plant.setattr(anonymity, "seat_token", remembered)
    join_all = participants.join_all

    async def keeping(db: Any, session: Any, waiting: list[Any], batches: Any) -> list[Any]:
        outcomes = await join_all(db, session, waiting, batches)
        session.title = " ".join(hashed[item["participant"]] for item in waiting)
        return outcomes

    plant.setitem(run.HOT, participants.join, keeping)


def _log_of_each(plant: MonkeyPatch, name: str) -> None:
    async def talkative(db: Any, session: Any, waiting: list[Any], batches: Any) -> list[Any]:
        for item in waiting:
            log.info("a statement came: %s", item[name])
        return await statements.submit_all(db, session, waiting, batches)

    plant.setitem(run.HOT, statements.submit, talkative)


def the_messages_of_errors_in_the_log(plant: MonkeyPatch) -> None:
    plant.setattr(Discreet, "formatException", lambda self, info: logging.Formatter.formatException(self, info))


def a_backup_with_the_log_of_writes_beside_it(plant: MonkeyPatch) -> None:
    def copy(connection: Any, path: Path) -> None:
        source = connection.execute("pragma database_list").fetchone()[2]
        for end in ("", "-wal"):
            shutil.copyfile(f"{source}{end}", f"{path}{end}")

    plant.setattr(backup, "_copy_into", copy)


def a_backup_at_any_moment(plant: MonkeyPatch) -> None:
    plant.setattr(backup, "_check_order", lambda connection, force: None)
