"""Doors for redacting statements: a participant's for an own one, and the page of those who lead."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from app.commands import quoting, redaction
from app.domain import anonymity
from app.domain.quoting import Quote, Quoting
from app.domain.refusals import Reason, Refusal
from app.screens import control_room, refresh
from app.screens import redaction as screen
from app.screens.render import render, translations
from app.store import redaction as stored
from app.store import sessions
from app.web import seats
from app.web.fields import read_json, text_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts
from app.web.same_length import SameLength

router = APIRouter()


@router.post("/s/{code}/redaction")
async def ask(request: Request, code: str) -> Response:
    """The device that wrote a statement asks for it to be redacted. Its receipt is enough, without a seat; a code
    that nobody has is answered like a receipt that nobody has."""
    body = await read_json(request)
    receipt_hash = anonymity.hash_receipt(body.get("receipt"))
    async with parts(request).database.reader() as db:
        session = await stored.session_of_receipt(db, receipt_hash, code)
    if session is None:
        raise Refusal(Reason.REDACTION_OVER)
    done = await parts(request).writer.run(redaction.ask, session.id, receipt=body["receipt"])
    return private(SameLength(done))


@router.get("/s/{code}/redaction")
async def come_back(request: Request, code: str) -> Response:
    """Somebody loads the address again."""
    return redirect(seats.address(request, code))


@router.get("/s/{code}/written")
async def written(request: Request, code: str) -> Response:
    """A phone that lost its seat shows what it wrote and asks from there. Nothing is looked up, so that the page is the
    same for a code that nobody has: what it shows, the device keeps."""
    if not re.fullmatch("[0-9]{6}", code):
        raise HTTPException(404)
    values = {"code": code, "seat": seats.address(request, code), "place": seats.place_of(request)}
    return private(HTMLResponse(render("phone/written.html", language_of(request), **values)))


@router.get("/sessions/{session_id}/redaction")
async def page(request: Request, session_id: int) -> Response:
    """The statements that can be redacted, those that may name somebody first."""
    moderator, _session = await require_own_session(request, session_id)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await control_room.load_counts(db, session_id, await room.presence_now(db))
        values = await _values(request, db, session_id, int(moderator.id or 0))
    values |= {"view": view, "confirm": None}
    # Drawn beside what everybody else waits for: there may be thousands.
    drawn = await asyncio.to_thread(render, "control_room/redaction.html", language_of(request), **values)
    return private(HTMLResponse(drawn))


@router.post("/sessions/{session_id}/redaction/marks")
async def mark(request: Request, session_id: int) -> Response:
    """Mark a statement to be redacted, or take the mark away."""
    moderator, _session = await require_own_session(request, session_id)
    form = await request.form()
    statement_id, marked = text_field(form, "statement"), text_field(form, "marked") == "1"
    await parts(request).writer.run(redaction.mark, session_id, statement_id=statement_id, marked=marked)
    if not is_htmx(request):
        part = f"?{request.url.query}" if request.url.query else ""
        return redirect(f"/sessions/{session_id}/redaction{part}#redaction-{statement_id}")
    language = language_of(request)
    async with parts(request).database.reader() as db:
        session = await sessions.existing(db, session_id)
        row = await screen.load_row(db, session, statement_id)
        quoted = await quoting.find(db, session, int(moderator.id or 0))
        marks = await screen.load_marks(db, session, quoted)
    drawn = [render("control_room/redaction_marks.html", language, marks=marks), render("shared/notice.html", language)]
    if row is not None:
        values = {"row": row, "session": session_id, "here": request.url.query}
        drawn.insert(0, render("control_room/redaction_row.html", language, **values))
    return private(HTMLResponse(refresh.push(marks.seq, drawn)))


@router.post("/sessions/{session_id}/redaction")
async def redact(request: Request, session_id: int) -> Response:
    """Leave out all that is marked, for good, when that was confirmed."""
    moderator, _session = await require_own_session(request, session_id)
    moderator_id, form = int(moderator.id or 0), await request.form()
    asked = {"moderator_id": moderator_id, "seen": text_field(form, "seen"), "confirmed": text_field(form, "confirmed")}
    count = await parts(request).writer.run(redaction.redact, session_id, **asked)
    ngettext = translations(language_of(request)).ngettext
    said = ngettext("%(n)s statement is left out.", "%(n)s statements are left out.", count)
    return await _answer(request, session_id, moderator_id, said % {"n": count})


@router.post("/sessions/{session_id}/redaction/quotes")
async def reword(request: Request, session_id: int) -> Response:
    """Another text for what quotes a marked statement, and for the same action item where it went along."""
    moderator, _session = await require_own_session(request, session_id)
    moderator_id, form = int(moderator.id or 0), await request.form()
    kind, text = text_field(form, "kind"), text_field(form, "text")
    if kind not in list(Quoting):
        raise Refusal(Reason.INPUT_MALFORMED)
    there = whole_number(text_field(form, "session")) if text_field(form, "session") else None
    old = Quote(Quoting(kind), whole_number(text_field(form, "id")), text_field(form, "old"), session=there)
    writer = parts(request).writer
    copies = await writer.run(quoting.reword, session_id, moderator_id=moderator_id, old=old, text=text)
    # Each in its own session, so that the screens there are told. What fails here is named on the page as before.
    if there is not None:
        await writer.run(quoting.reword_there, there, old=old, text=text)
    for other in copies.sessions if copies else ():
        await writer.run(quoting.reword_copies, other, uid=copies.uid, old=old.text, text=text)
    return await _answer(request, session_id, moderator_id)


async def _answer(request: Request, session_id: int, moderator_id: int, message: str = "") -> Response:
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/redaction")
    language = language_of(request)
    async with parts(request).database.reader() as db:
        values = await _values(request, db, session_id, moderator_id)
    lists = await asyncio.to_thread(render, "control_room/redaction_lists.html", language, **values)
    marks = render("control_room/redaction_marks.html", language, marks=values["marks"])
    notice = render("shared/notice.html", language, message=message, kind="ok")
    return private(HTMLResponse(refresh.push(values["marks"].seq, [lists, marks, notice])))


async def _values(request: Request, db: Any, session_id: int, moderator_id: int) -> dict[str, Any]:
    session = await sessions.existing(db, session_id)
    quoted = await quoting.find(db, session, moderator_id)
    view = await screen.load(db, session, _part(request))
    return {"redaction": view, "marks": await screen.load_marks(db, session, quoted)}


def _part(request: Request) -> screen.Part:
    """What the address says of which statements are shown: the page's own, where only a part of it is asked for."""
    address = request.headers.get("hx-current-url", "") if is_htmx(request) else str(request.url)
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    shown, page = said.get("show"), said.get("page", "")
    return screen.Part(
        screen.Shown(shown) if shown in list(screen.Shown) else None,
        int(page) if re.fullmatch("[0-9]{1,4}", page) else 1,
    )
