"""Doors for joining: by the six digits on the big screen, or by the QR code's link; no account, no name."""

from __future__ import annotations

import re
import secrets
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.commands import participants
from app.domain import anonymity
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.screens.render import render
from app.store import people
from app.web import seats
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect, seat_token, wants_json
from app.web.limits import TypedCodes, look_up
from app.web.parts import parts
from app.web.refused import NOT_JUST_NOW, retry_after, words_for
from app.web.ways_in import WayIn

router = APIRouter()
LANGUAGE_SECONDS = 365 * 24 * 3600
typed_codes = TypedCodes()


@router.get("/")
async def join_page(request: Request, code: str = "") -> Response:
    """The field for the code."""
    return _page(request, code=code[:20])


@router.post("/")
async def join_by_code(request: Request) -> Response:
    """A seat for a typed code. A wrong one: the page again with what was typed and what to do."""
    form = await request.form()
    typed = text_field(form, "code")
    code = re.sub(r"[\s.\-]", "", typed)
    try:
        session = await _session_of_typed_code(request, code)
    except (Refusal, *NOT_JUST_NOW) as no:
        if wants_json(request):
            raise
        return _page(request, code=typed[:20], no=no)
    # On with the same request: only below /s/CODE does a returning phone show the seat it already has.
    return private(RedirectResponse(f"/s/{session.code}/join/{session.join_key}", 307))


async def _session_of_typed_code(request: Request, code: str) -> WayIn:
    """The session that people join by this code. Raises Refusal."""

    async def find() -> WayIn | None:
        return await parts(request).ways_in.by_code(code) if re.fullmatch(r"[0-9]{6}", code) else None

    session = await look_up(request, typed_codes, find, Reason.CODE_UNKNOWN, Reason.CODES_WAIT)
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    return session


@router.get("/j/{join_key}")
async def join_page_of_link(request: Request, join_key: str) -> Response:
    """Where the QR code leads: one button, so that looking at a link takes no seat."""
    try:
        return _page(request, session=await _session_of_link(request, join_key))
    except Refusal as no:
        ended = await parts(request).ways_in.by_join_key(join_key)
        if no.reason != Reason.SESSION_HAS_ENDED or ended is None:
            raise
        # With the code filled in, by which a device finds what it wrote there.
        return _page(request, code=ended.code or "", no=no)


@router.post("/s/{code}/join/{join_key}")
async def join(request: Request, code: str, join_key: str) -> Response:
    """A seat by the join key, never limited. Below /s/CODE, where a returning phone shows the seat it already has."""
    session = await _session_of_link(request, join_key)
    if session.code != code:
        raise Refusal(Reason.CODE_UNKNOWN)
    try:
        if await _has_seat(request, session):
            return redirect(seats.address(request, code))
        return await _take_seat(request, session)
    except (Refusal, *NOT_JUST_NOW) as no:
        if wants_json(request) or (isinstance(no, Refusal) and no.reason != Reason.DOOR_IS_CLOSED):
            raise
        return _page(request, session=session, no=no)


@router.get("/s/{code}/join/{join_key}")
async def joined(request: Request, code: str, join_key: str) -> Response:
    """Somebody loads the address of the form again."""
    return redirect(seats.address(request, code))


async def _session_of_link(request: Request, join_key: str) -> WayIn:
    session = await parts(request).ways_in.by_join_key(join_key)
    if session is None:
        raise Refusal(Reason.CODE_UNKNOWN)
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    if session.code is None:
        raise Refusal(Reason.SESSION_NOT_OPEN)
    return session


async def _has_seat(request: Request, session: WayIn) -> bool:
    token = seat_token(request)
    if not token:
        return False
    async with parts(request).database.reader() as db:
        return await people.has_seat(db, session.session_id, anonymity.hash_token(token))


async def _take_seat(request: Request, session: WayIn) -> Response:
    token = anonymity.seat_token(secrets.token_bytes(anonymity.SEAT_TOKEN_BYTES))
    participant = anonymity.hash_token(token)
    await parts(request).writer.run(participants.join, session.session_id, participant=participant)
    parts(request).known_seats.took(str(session.code), participant)
    return seats.keep(request, str(session.code), token)


@router.get("/language/{language}")
async def choose_language(request: Request, language: str, back: str = "/") -> Response:
    """Remember the language on this device and go back to the page."""
    own_path = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    answer = redirect(quote(own_path, safe="/?=&%-._~"))
    if language in LANGUAGES:
        answer.set_cookie("language", language, max_age=LANGUAGE_SECONDS, path="/", httponly=True, samesite="lax")
    return private(answer)


@router.get("/privacy")
async def privacy(request: Request) -> Response:
    """What happens with what people write."""
    return HTMLResponse(render("phone/owner_text.html", language_of(request), name="privacy"))


@router.get("/accessibility")
async def accessibility(request: Request) -> Response:
    """For whom this works, and where to say that it does not."""
    return HTMLResponse(render("phone/owner_text.html", language_of(request), name="accessibility"))


def _page(request: Request, code: str = "", session: WayIn | None = None, no: Exception | None = None) -> Response:
    """The page with its form; `no` is why it could not be sent, and where that passes it is sent again by itself."""
    language = language_of(request)
    status, error = words_for(no, language) if no else (200, "")
    headers = {"Retry-After": "1"} if status == 429 else retry_after(no) if status == 503 and no else None
    values = {
        "code": code,
        "session": session,
        "error": error,
        "again": (headers or {}).get("Retry-After") if status == 503 else None,
        "action": f"{seats.address(request, str(session.code))}/join/{session.join_key}" if session else "/",
    }
    return private(HTMLResponse(render("phone/join.html", language, **values), status, headers))
