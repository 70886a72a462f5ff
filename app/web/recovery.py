"""Moving on to another device: the seat's token, shown as a recovery code to its own participant, and taken back in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.domain import anonymity
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.screens import qr
from app.screens.render import render
from app.store import people
from app.store.tables import ModerationSession
from app.web import seats, sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, require_seat, seat_token, wants_json
from app.web.limits import TypedCodes, look_up
from app.web.parts import parts

router = APIRouter()
# Apart from the codes of sessions: whoever mistypes here keeps nobody from joining.
typed_codes = TypedCodes()


@router.get("/s/{code}/move")
async def move(request: Request, code: str) -> Response:
    """What moves along and what stays; the code itself only when it is asked for."""
    await _require_open_seat(request, code)
    return _move_page(request, code)


@router.post("/s/{code}/move")
async def show_code(request: Request, code: str) -> Response:
    """The recovery code, in the answer to its own participant's request and nowhere else."""
    await _require_open_seat(request, code)
    recovery_code = anonymity.recovery_code(str(seat_token(request)))
    return _move_page(request, code, recovery_code, has_none=recovery_code is None)


@router.get("/recover")
async def recover_page(request: Request) -> Response:
    """The field for the code; the QR brings it after the # of the address, which is never sent here."""
    return _recover_page(request)


@router.post("/recover")
@router.post("/s/{code}/recover")
async def recover(request: Request, code: str = "") -> Response:
    """The seat of a recovery code, on this device.

    First below /s/CODE, and from there on to the first place that is free: only there does the browser show the seat
    that a place already has, and nobody's own seat is taken by somebody else's code.
    """
    typed = text_field(await request.form(), "recovery")
    try:
        token = anonymity.read_recovery_code(typed)
        session = await _session_of(request, token)
        if session.code != code:
            return private(RedirectResponse(f"/s/{session.code}/recover", 307))
        if not await _is_taken(request, session, token):
            return seats.keep(request, code, token)
        if (place := seats.place_of(request) + 1) > seats.MOST_ON_A_DEVICE:
            raise Refusal(Reason.NO_ROOM_ON_DEVICE, limit=seats.MOST_ON_A_DEVICE)
    except Refusal as refusal:
        if wants_json(request):
            raise
        return _recover_page(request, typed[:40], refusal)
    return private(RedirectResponse(f"{seats.address(request, code, place)}/recover", 307))


async def _require_open_seat(request: Request, code: str) -> None:
    session, _ = await require_seat(request, code)
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)


async def _session_of(request: Request, token: str) -> ModerationSession:
    """The open session of a seat. Raises Refusal."""

    async def find() -> ModerationSession | None:
        async with parts(request).database.reader() as db:
            return await people.session_with_seat(db, anonymity.hash_token(token))

    session = await look_up(request, typed_codes, find, Reason.RECOVERY_CODE_UNKNOWN, Reason.RECOVERY_CODES_WAIT)
    if session.status == Status.ENDED or session.code is None:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    return session


async def _is_taken(request: Request, session: ModerationSession, token: str) -> bool:
    """Whether this place of the device holds another seat of the same session."""
    own = seat_token(request)
    if not own or own == token:
        return False
    async with parts(request).database.reader() as db:
        return await people.has_seat(db, int(session.id or 0), anonymity.hash_token(own))


def _move_page(request: Request, code: str, recovery_code: str | None = None, has_none: bool = False) -> Response:
    own = parts(request).settings
    link = f"{own.base_url}/recover"
    values = {
        "seat": seats.address(request, code),
        "recovery_code": recovery_code,
        "has_none": has_none,
        "link": link,
        # After the #, so that the code is in no request, log or history of a server or proxy.
        "qr": qr.draw(f"{link}#{recovery_code}") if recovery_code and not own.is_loopback else "",
    }
    return private(HTMLResponse(render("phone/move.html", language_of(request), **values)))


def _recover_page(request: Request, typed: str = "", refusal: Refusal | None = None) -> Response:
    language = language_of(request)
    values = {"typed": typed, "error": sentences.sentence(refusal, language) if refusal else ""}
    status = sentences.status_of(refusal) if refusal else 200
    headers = {"Retry-After": "1"} if status == 429 else None
    return private(HTMLResponse(render("phone/recover.html", language, **values), status, headers))
