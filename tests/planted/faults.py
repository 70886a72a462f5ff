"""Faults, each of which breaks one promise: a check that does not notice its fault checks nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import Any

from pytest import MonkeyPatch
from sqlmodel import select

from app.commands import mixing, phases, run, statements
from app.commands.outcome import Outcome
from app.domain import anonymity, tally
from app.logs import Discreet
from app.screens import big_screen, control_room, phone, refresh, report
from app.screens import big_screen_view as of_the_big_screen
from app.store import ballots, database, people
from app.store import statements as stored
from app.store.tables import Ballot, Statement
from app.web import phone as phone_door

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


def a_partial_tally_in_a_push(plant: MonkeyPatch) -> None:
    _add_to_drawings(plant, Ballot)


def a_count_of_ballots_in_a_push(plant: MonkeyPatch) -> None:
    real = refresh.draw_fragments

    async def telling(db: Any, *arguments: Any) -> dict[str, str]:
        number = len((await db.exec(select(Ballot.round_id))).all())
        return {language: text + f"<i>{number}</i>" for language, text in (await real(db, *arguments)).items()}

    plant.setattr(refresh, "draw_fragments", telling)


def waiting_statements_in_a_push(plant: MonkeyPatch) -> None:
    _add_to_drawings(plant, Statement)


def _add_to_drawings(plant: MonkeyPatch, table: Any) -> None:
    """Every drawing ends with all rows of a table."""
    real = refresh.draw_fragments

    async def telling(db: Any, *arguments: Any) -> dict[str, str]:
        rows = [row.model_dump() for row in (await db.exec(select(table))).all()]
        return {language: text + f"<i>{rows}</i>" for language, text in (await real(db, *arguments)).items()}

    plant.setattr(refresh, "draw_fragments", telling)


def a_ballot_that_announces_itself(plant: MonkeyPatch) -> None:
    plant.setattr(phases.__dict__["ballots"], "of_round", ballots.of_round)
    plant.setitem(refresh.TABLE, refresh.happened.AllocationSet, refresh.EVERYWHERE)
    plant.setattr(refresh.happened.AllocationSet, "raises_seq", True)


def released_that_forgets_to_ask(plant: MonkeyPatch) -> None:
    """The query of what may be shown returns what waits, too."""
    real = stored.released

    async def all_of_them(db: Any, question_id: int) -> list[Statement]:
        return [*(await real(db, question_id)), *(await stored.waiting(db, question_id))]

    plant.setattr(stored, "released", all_of_them)


def hidden_statements_in_the_vote(plant: MonkeyPatch) -> None:
    plant.setattr(stored, "released", stored.released_or_hidden)


def a_ballot_anybody_may_read(plant: MonkeyPatch) -> None:
    async def first_of(db: Any, round_id: int, _voter_key: str) -> Ballot | None:
        return (await db.exec(select(Ballot).where(Ballot.round_id == round_id))).first()

    plant.setattr(ballots, "own", first_of)


def one_voter_key_for_all(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "voter_key", lambda _token, round_id: f"ballot{round_id}")


def an_own_allocation_that_may_be_kept(plant: MonkeyPatch) -> None:
    def keep(response: Any) -> Any:
        response.headers["Cache-Control"] = "private, max-age=60"
        return response

    plant.setattr(phone_door, "private", keep)


def mixing_that_counts_statements(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "may_release", lambda participants: len(participants) >= 3)


def mixing_that_forgets_retractions(plant: MonkeyPatch) -> None:
    plant.setattr(mixing.OpenBatches, "remove", lambda *_: None)


def statements_on_the_big_screen_unasked(plant: MonkeyPatch) -> None:
    row = {"control_room": refresh.STATEMENTS["control_room"], "big_screen": refresh.STATEMENTS["control_room"]}
    plant.setitem(refresh.TABLE, refresh.happened.StatementsReleased, row)


def a_count_of_one_on_the_control_room(plant: MonkeyPatch) -> None:
    plant.setattr(control_room.anonymity, "is_few", lambda _count: False)


def a_count_of_one_on_the_big_screen(plant: MonkeyPatch) -> None:
    plant.setattr(of_the_big_screen.People, "is_few", property(lambda _self: False))


def a_single_giver_in_the_export(plant: MonkeyPatch) -> None:
    plant.setattr(report, "is_few", lambda _count: False)


def another_sessions_code_on_the_phone(plant: MonkeyPatch) -> None:
    async def codes(db: Any, _session_id: int) -> str:
        return " ".join((await db.exec(select(refresh.ModerationSession.code))).all())

    _ask_something_else(plant, phone, codes)


def the_big_screens_key_on_the_phone(plant: MonkeyPatch) -> None:
    async def key(db: Any, session_id: int) -> str:
        return str((await db.get(refresh.ModerationSession, session_id)).big_screen_key)

    _ask_something_else(plant, phone, key)


def _ask_something_else(plant: MonkeyPatch, screen: Any, text_of: Any) -> None:
    """A screen shows another text where it shows the question."""
    real = screen.load

    async def telling(db: Any, session_id: int, presence: Any) -> Any:
        view = await real(db, session_id, presence)
        if view.question is None:
            return view
        asked = dataclasses.replace(view.question, text=await text_of(db, session_id))
        return dataclasses.replace(view, question=asked)

    plant.setattr(screen, "load", telling)


def seats_on_the_control_room(plant: MonkeyPatch) -> None:
    real = refresh.draw_fragments

    async def telling(db: Any, *arguments: Any) -> dict[str, str]:
        seats = (await db.exec(select(people.Participant.token_hash))).all()
        return {language: text + f"<i>{seats}</i>" for language, text in (await real(db, *arguments)).items()}

    plant.setattr(refresh, "draw_fragments", telling)


def one_in_ten_never_delivered(plant: MonkeyPatch) -> None:
    real = stored.released_by_ids

    async def losing(db: Any, ids: Any) -> Any:
        return [one for one in await real(db, ids) if not one.text.endswith("7.")]

    plant.setattr(refresh.statements, "released_by_ids", losing)


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


def deleting_without_overwriting(plant: MonkeyPatch) -> None:
    pragmas = tuple(pragma.replace("secure_delete=ON", "secure_delete=OFF") for pragma in database._PRAGMAS)
    plant.setattr(database, "_PRAGMAS", pragmas)


def a_log_of_writes_that_is_never_emptied(plant: MonkeyPatch) -> None:
    async def forget_nothing(_self: Any) -> bool:
        return True

    plant.setattr(database.Database, "forget_order", forget_nothing)


def a_file_that_keeps_the_order_of_arrival(plant: MonkeyPatch) -> None:
    async def only_the_log(self: Any) -> bool:
        return not await self._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")

    plant.setattr(database.Database, "forget_order", only_the_log)
    plant.setattr(phases.statements, "shuffle", _nothing)


def a_board_in_order_of_arrival(plant: MonkeyPatch) -> None:
    plant.setattr(phases.statements, "shuffle", _nothing)


def keys_that_count_up(plant: MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    plant.setattr(statements, "random_key", lambda: f"{next(numbers):016x}")


async def _nothing(*_: Any) -> None:
    """Does not do what it should."""


def retracted_texts_that_stay(plant: MonkeyPatch) -> None:
    async def only_hide(db: Any, session: Any, receipt: str, revision: int, batches: Any) -> Outcome:
        found = await stored.by_receipts(db, [anonymity.hash_receipt(receipt)])
        for statement in found.values():
            statement.retracted, statement.released, statement.revision = True, False, revision
        return Outcome()

    plant.setattr(statements, "retract", only_hide)


def ballots_that_keep_their_voter_keys(plant: MonkeyPatch) -> None:
    async def only_count(db: Any, question: Any) -> None:
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


def a_statement_in_the_log(plant: MonkeyPatch) -> None:
    _log_of_each(plant, "text")


def a_receipt_in_the_log(plant: MonkeyPatch) -> None:
    _log_of_each(plant, "receipt")


def _log_of_each(plant: MonkeyPatch, name: str) -> None:
    async def talkative(db: Any, session: Any, waiting: list[Any], batches: Any) -> list[Any]:
        for item in waiting:
            log.info("a statement came: %s", item[name])
        return await statements.submit_all(db, session, waiting, batches)

    plant.setitem(run.HOT, statements.submit, talkative)


def the_messages_of_errors_in_the_log(plant: MonkeyPatch) -> None:
    plant.setattr(Discreet, "formatException", lambda self, info: logging.Formatter.formatException(self, info))


def the_board_on_the_big_screen_while_collecting(plant: MonkeyPatch) -> None:
    async def texts(db: Any, _session_id: int) -> str:
        return " ".join((await db.exec(select(Statement.text))).all())

    _ask_something_else(plant, big_screen, texts)
