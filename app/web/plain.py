"""Doors for phones whose scripts don't run, or have not come yet: plain forms, answered with pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.domain import anonymity
from app.domain.ballots import moved
from app.domain.refusals import Reason, Refusal
from app.domain.statements import is_another_text, normalise
from app.screens.render import N_, render, translate
from app.store import statements as stored
from app.store.tables import Statement
from app.web import seats
from app.web.fields import text_field, whole_number
from app.web.guards import SeatNeeded, known_seat, language_of, private, redirect, seat_token
from app.web.parts import parts
from app.web.phone_page import Notice, Written, page_of
from app.web.refused import NOT_JUST_NOW, retry_after, words_for
from app.web.writing import store_allocation, store_statement, tell_ready

router = APIRouter()
# Somebody without scripts asks nothing between two taps, and is still there.
SECONDS_A_FORM_COUNTS = 300
SAID = {
    "sent": N_("Sent. It came without scripts, so it is not in a list here and can't be changed or taken back."),
    "late": N_(
        "Sent, and kept apart: collecting has closed. It comes in together with other late statements, "
        "or alone if no others follow."
    ),
}
POINTS_CHANGED = N_("Your points were changed on another page meanwhile. This is what counts now; please choose again.")
NO_SEAT = N_("You are not in this session any more. Copy your text, join again with the code and send it there.")
THEME_GONE = N_("This theme is not there any more. Your text is kept; you can send it without a theme.")
MOVED_ON = N_("Collecting has closed. Your text is still here.")


def said(request: Request, key: str) -> Notice | None:
    """What the form that led here did; None when no form did."""
    return Notice(translate(language_of(request), SAID[key]), "ok") if key in SAID else None


async def submit(request: Request, code: str) -> Response:
    """A statement from a form. However often the form is sent, it is stored once; a text not taken is given back."""
    written = await _written(request)
    try:
        session_id, participant = await known_seat(request, code)
        done = await _store_once(request, session_id, participant, written)
    except SeatNeeded:
        return _give_back(request, code, written, 401, translate(language_of(request), NO_SEAT))
    except (Refusal, *NOT_JUST_NOW) as no:
        return _refuse(request, code, written, no)
    parts(request).rooms.of(session_id).presence.polled(participant, SECONDS_A_FORM_COUNTS)
    is_late = done["status"] == "held" or done.get("held")
    return redirect(f"{seats.address(request, code)}?said={'late' if is_late else 'sent'}&form={written.form_number}")


@router.post("/s/{code}/refresh")
async def refresh(request: Request, code: str) -> Response:
    """How it stands now, and what was typed meanwhile is still in its field."""
    written = await _written(request)
    try:
        session_id, participant = await known_seat(request, code)
    except SeatNeeded:
        return _give_back(request, code, written, 401, translate(language_of(request), NO_SEAT))
    if not written.text.strip():
        return redirect(seats.address(request, code))
    shown = await parts(request).phones.of(session_id)
    question = shown.view.question
    if shown.view.kind == "collect" and question and str(question.id) == written.question:
        return await page_of(request, shown, participant, written=written)
    return _give_back(request, code, written, 200, translate(language_of(request), MOVED_ON))


@router.get("/s/{code}/refresh")
@router.get("/s/{code}/statements")
async def come_back(request: Request, code: str) -> Response:
    """Somebody loads the address of a form again."""
    return redirect(seats.address(request, code))


async def allocate(request: Request, code: str) -> Response:
    """One point more or less, on the allocation that the form carries whole: sent twice it counts once."""
    session_id, participant = await known_seat(request, code)
    form = await request.form()
    notice: Notice | None = None
    try:
        if "ready" in form:
            await _tell_ready(request, session_id, participant, form)
            return redirect(f"{seats.address(request, code)}#vote-done")
        theme, counts = await _step(request, session_id, form)
    except (Refusal, *NOT_JUST_NOW) as no:
        status, message = words_for(no, language_of(request))
        notice = Notice(message, "error", status, retry_after(no))
    else:
        parts(request).rooms.of(session_id).presence.polled(participant, SECONDS_A_FORM_COUNTS)
        if counts:
            anchor = anonymity.anchor(str(seat_token(request)), whole_number(text_field(form, "round")), theme)
            return redirect(f"{seats.address(request, code)}#{anchor}")
        notice = Notice(translate(language_of(request), POINTS_CHANGED), "warn", 409)
    return await page_of(request, await parts(request).phones.of(session_id), participant, notice)


async def _step(request: Request, session_id: int, form: Any) -> tuple[str, bool]:
    """The theme whose button was pressed, and whether what stands now is what that makes of the page's points."""
    given, taken = text_field(form, "give"), text_field(form, "take")
    theme, change = (given, 1) if given else (taken, -1)
    wanted = moved(_points(form), theme, change)
    round_id, revision = (whole_number(text_field(form, name)) for name in ("round", "revision"))
    done = await store_allocation(request, session_id, round_id, revision + 1, wanted)
    return theme, done["points"] == {key: points for key, points in wanted.items() if points}


def _points(form: Any) -> dict[str, int]:
    """The allocation that the page showed."""
    shown = [name for name in form if name.startswith("points-")]
    return {name.removeprefix("points-"): whole_number(text_field(form, name)) for name in shown}


async def _tell_ready(request: Request, session_id: int, participant: str, form: Any) -> None:
    """Ready, or not any more."""
    round_id = whole_number(text_field(form, "round"))
    await tell_ready(request, session_id, participant, round_id, text_field(form, "ready") == "yes")
    parts(request).rooms.of(session_id).presence.polled(participant, SECONDS_A_FORM_COUNTS)


async def _written(request: Request) -> Written:
    """What the form holds. A receipt that is missing, as in a form that was pushed, or odd is made here."""
    form = await request.form()
    names = ("question", "theme", "text", "receipt", "form_number")
    return Written(**{name: text_field(form, name) for name in names}).kept()


async def _store_once(request: Request, session_id: int, participant: str, written: Written) -> dict[str, Any]:
    """Store it under the form's receipt. Somebody who went back to a sent form may have written another text in it:
    that one gets a receipt of its own, the same each time."""
    sent = {"question": written.question, "theme": written.theme, "text": written.text, "revision": 1}
    done = await store_statement(request, session_id, participant, {**sent, "receipt": written.receipt})
    standing = await _standing(request, written.receipt) if done["status"] == "stands" else None
    if standing is None or standing.retracted or not is_another_text(written.text, standing.text, standing.revision):
        return done
    receipt = anonymity.receipt_of_another_text(written.receipt, normalise(written.text))
    return await store_statement(request, session_id, participant, {**sent, "receipt": receipt})


async def _standing(request: Request, receipt: str) -> Statement | None:
    key = anonymity.hash_receipt(receipt)
    async with parts(request).database.reader() as db:
        return (await stored.by_receipts(db, [key])).get(key)


def _refuse(request: Request, code: str, written: Written, no: Exception) -> Response:
    status, message = words_for(no, language_of(request))
    if isinstance(no, Refusal) and no.reason == Reason.THEME_UNKNOWN:
        # Sent again with a theme that is gone, it would be refused again.
        written, message = replace(written, theme=""), translate(language_of(request), THEME_GONE)
    return _give_back(request, code, written, status, message, retry_after(no))


def _give_back(
    request: Request, code: str, written: Written, status: int, message: str, headers: dict[str, str] | None = None
) -> Response:
    """The text in a field, with what happened and a button to send it again under the same receipt."""
    has_seat = status != 401
    values = {"written": written, "message": message, "has_seat": has_seat}
    values |= {"seat": seats.address(request, code), "code": code}
    html = render("phone/send_again.html", language_of(request), **values)
    return private(HTMLResponse(html, status, headers))
