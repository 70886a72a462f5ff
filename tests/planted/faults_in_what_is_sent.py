"""Faults in what is sent: a check that does not notice its fault checks nothing."""

from __future__ import annotations

import dataclasses
import logging
import re
import secrets
from types import SimpleNamespace
from typing import Any

from pytest import MonkeyPatch
from sqlmodel import select

from app.commands import mixing, phases
from app.domain import anonymity
from app.languages import LANGUAGES
from app.live.presence import PresenceBook
from app.screens import big_screen, control_room, one_for_all, phone, refresh, report
from app.screens import big_screen_view as of_the_big_screen
from app.screens.phone_view import Own
from app.screens.render import environment
from app.store import ballots, people
from app.store import statements as stored
from app.store.tables import Ballot, Statement
from app.web import attendance_page, confirmations, phone_page, plain, recovery, seats
from app.web import phone as phone_door

log = logging.getLogger("app.planted")


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


def hidden_statements_on_the_board_of_the_big_screen(plant: MonkeyPatch) -> None:
    plant.setattr(stored, "SHOWN", stored.SHOWN[:-1])


def a_move_that_the_big_screen_does_not_hear_of(plant: MonkeyPatch) -> None:
    plant.setitem(refresh.TABLE, refresh.happened.BoardMoved, {"control_room": refresh.ON_BOARD})


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


def one_receipt_for_all_pages(plant: MonkeyPatch) -> None:
    plant.setattr(phone_page, "secrets", SimpleNamespace(token_hex=lambda size: "ab" * size))


def a_receipt_in_what_is_pushed(plant: MonkeyPatch) -> None:
    somebodys = Own(receipt="ab" * 16, form_number="ab" * 4)

    def own_part(macro: Any, *values: Any, **_: Any) -> Any:
        return macro(somebodys, *values)

    for language in LANGUAGES:
        plant.setitem(environment(language).globals, "own_part", own_part)


def the_first_askers_own_on_everybodys_page(plant: MonkeyPatch) -> None:
    """What is kept of a page for all was drawn with somebody's own."""
    real = one_for_all.PageForAll.filled_in
    kept: dict[one_for_all.PageForAll, str] = {}

    def filled_in(page: one_for_all.PageForAll, own: Any) -> str:
        return kept.setdefault(page, real(page, own))

    plant.setattr(one_for_all.PageForAll, "filled_in", filled_in)


def forms_that_are_stored_each_time(plant: MonkeyPatch) -> None:
    real = plain.store_statement

    async def under_a_new_receipt(request: Any, session_id: int, participant: str, sent: dict[str, Any]) -> Any:
        return await real(request, session_id, participant, {**sent, "receipt": secrets.token_hex(16)})

    plant.setattr(plain, "store_statement", under_a_new_receipt)


def an_own_page_that_may_be_kept(plant: MonkeyPatch) -> None:
    def kept(response: Any) -> Any:
        response.headers["Cache-Control"] = "private"
        return response

    plant.setattr(phone_page, "private", kept)


def mixing_that_counts_statements(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "may_release", lambda participants: len(participants) >= 3)


def mixing_that_forgets_retractions(plant: MonkeyPatch) -> None:
    plant.setattr(mixing.OpenBatches, "remove", lambda *_: None)


def statements_on_the_big_screen_unasked(plant: MonkeyPatch) -> None:
    row = {"control_room": refresh.STATEMENTS["control_room"], "big_screen": refresh.STATEMENTS["control_room"]}
    plant.setitem(refresh.TABLE, refresh.happened.StatementsReleased, row)


def the_groups_statements_on_phones_unasked(plant: MonkeyPatch) -> None:
    row = {**refresh.STATEMENTS, "phone": refresh.STATEMENTS["control_room"]}
    plant.setitem(refresh.TABLE, refresh.happened.StatementsReleased, row)


def a_changed_statement_on_phones_unasked(plant: MonkeyPatch) -> None:
    row = {**refresh.STATEMENTS, "phone": refresh.STATEMENTS["control_room"]}
    plant.setitem(refresh.TABLE, refresh.happened.StatementEdited, row)


def a_retraction_that_phones_hear_of_unasked(plant: MonkeyPatch) -> None:
    row = dict.fromkeys(refresh.SCREENS, refresh.Remove())
    plant.setitem(refresh.TABLE, refresh.happened.StatementRetracted, row)


def the_groups_list_on_every_phones_page(plant: MonkeyPatch) -> None:
    real = phone.load

    async def telling(db: Any, session_id: int, presence: Any) -> Any:
        view = await real(db, session_id, presence)
        if view.question is None or view.kind != "collect":
            return view
        group = tuple(await stored.released(db, view.question.id))
        return dataclasses.replace(view, question=dataclasses.replace(view.question, statements=group))

    plant.setattr(phone, "load", telling)


def statements_on_phones_as_they_come(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "is_mixed", lambda mixing, _on_phones, is_collecting: mixing or not is_collecting)


def the_groups_list_that_goes_on_after_the_close(plant: MonkeyPatch) -> None:
    row = refresh.Append("statements", lambda question: question.statements_on_phones)
    late = refresh.happened.LateStatementsReleased
    plant.setitem(refresh.TABLE, late, {**refresh.TABLE[late], "phone": row})


def typing_that_is_pushed(plant: MonkeyPatch) -> None:
    real = PresenceBook.types

    def telling(self: Any, question_id: int, participant: str, is_typing: bool) -> None:
        real(self, question_id, participant, is_typing)
        self.submitted(question_id, participant)

    plant.setattr(PresenceBook, "types", telling)


def a_count_of_one_who_types(plant: MonkeyPatch) -> None:
    plant.setattr(confirmations, "is_few", lambda _count: False)


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


def a_recovery_code_in_a_push(plant: MonkeyPatch) -> None:
    """The server remembers the code of whoever asked for it, and draws it for all."""
    shown = _remember_codes(plant)
    real = refresh.draw_fragments

    async def telling(db: Any, *arguments: Any) -> dict[str, str]:
        return {language: text + f"<i>{shown}</i>" for language, text in (await real(db, *arguments)).items()}

    plant.setattr(refresh, "draw_fragments", telling)


def a_recovery_code_on_the_page_that_all_share(plant: MonkeyPatch) -> None:
    shown = _remember_codes(plant)

    async def last_code(_db: Any, _session_id: int) -> str:
        return " ".join(shown)

    _ask_something_else(plant, phone, last_code)


def _remember_codes(plant: MonkeyPatch) -> list[str]:
    shown: list[str] = []
    real = anonymity.recovery_code

    def remembered(token: str) -> str | None:
        shown.append(str(real(token)))
        return shown[-1]

    plant.setattr(recovery, "anonymity", SimpleNamespace(**{**vars(anonymity), "recovery_code": remembered}))
    return shown


def a_recovery_code_in_the_address(plant: MonkeyPatch) -> None:
    """Where it ends up in the history, and in the log of every proxy."""
    real = recovery.private

    def leading_on(response: Any) -> Any:
        for code in re.findall(r"<span>(\w{4})</span>", response.body.decode()):
            response.headers["Location"] = f"/recover?code={code}"
        return real(response)

    plant.setattr(recovery, "private", leading_on)


def a_recovery_code_without_being_asked_for(plant: MonkeyPatch) -> None:
    real = recovery._move_page

    def eager(request: Any, code: str, *_: Any, **__: Any) -> Any:
        return real(request, code, anonymity.recovery_code(str(recovery.seat_token(request))))

    plant.setattr(recovery, "_move_page", eager)


def a_recovery_code_that_may_be_kept(plant: MonkeyPatch) -> None:
    def keep(response: Any) -> Any:
        response.headers["Cache-Control"] = "private, max-age=60"
        return response

    plant.setattr(recovery, "private", keep)


def neighbours_whose_cookies_go_along(plant: MonkeyPatch) -> None:
    """The seat's cookie for the whole site, named by its place: each request then ties all seats of the device."""
    real = seats.keep

    def everywhere(request: Any, code: str, token: str) -> Any:
        answer = real(request, code, token)
        answer.set_cookie(f"seat{seats.place_of(request)}", token, path="/")
        return answer

    plant.setattr(seats, "keep", everywhere)


def an_attendance_door_that_knows_the_seat(plant: MonkeyPatch) -> None:
    real = attendance_page.language_of
    plant.setattr(
        attendance_page, "language_of", lambda request: "en" if request.cookies.get("seat") else real(request)
    )


def an_attendance_door_that_leaves_a_cookie(plant: MonkeyPatch) -> None:
    real = attendance_page.private

    def marked(response: Any) -> Any:
        response.set_cookie("attendance", "1", path="/")
        return real(response)

    plant.setattr(attendance_page, "private", marked)


def one_in_ten_never_delivered(plant: MonkeyPatch) -> None:
    real = stored.released_by_ids

    async def losing(db: Any, ids: Any) -> Any:
        return [one for one in await real(db, ids) if not one.text.endswith("7.")]

    plant.setattr(refresh.statements, "released_by_ids", losing)


def the_board_on_the_big_screen_while_collecting(plant: MonkeyPatch) -> None:
    async def texts(db: Any, _session_id: int) -> str:
        return " ".join((await db.exec(select(Statement.text))).all())

    _ask_something_else(plant, big_screen, texts)
