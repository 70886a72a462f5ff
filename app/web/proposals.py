"""Doors of proposals: a participant's for an own statement, and what the moderator does with them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import proposals
from app.domain.refusals import Reason, Refusal
from app.web import seats
from app.web.control_room import answer, lead
from app.web.fields import chosen_statements, page_of, read_json, text_field, whole_number
from app.web.guards import known_seat, private, redirect, require_own_session
from app.web.parts import parts
from app.web.same_length import SameLength

router = APIRouter()


@router.post("/s/{code}/proposals")
async def propose(request: Request, code: str) -> Response:
    """One own statement's theme, or the name of a new one; neither takes it back. Authorised by its receipt."""
    session_id, participant = await known_seat(request, code)
    body = await read_json(request)
    name = body.get("name")
    if name is not None and not isinstance(name, str):
        raise Refusal(Reason.TEXT_NOT_READABLE)
    done = await parts(request).writer.run(
        proposals.propose,
        session_id,
        participant=participant,
        receipt=body.get("receipt"),
        revision=body.get("revision"),
        theme_id=None if body.get("theme") is None else whole_number(body["theme"]),
        name=name,
    )
    return private(SameLength(done))


@router.get("/s/{code}/proposals")
async def come_back(request: Request, code: str) -> Response:
    """Somebody loads the address again."""
    return redirect(seats.address(request, code))


@router.post("/sessions/{session_id}/proposals/switch")
async def switch(request: Request, session_id: int) -> Response:
    """Whether participants may propose themes for their own statements."""
    await require_own_session(request, session_id)
    form = await request.form()
    taken = text_field(form, "taken") == "1"
    await lead(request, session_id, proposals.switch, page=page_of(form), taken=taken)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/proposals/ignore")
async def ignore(request: Request, session_id: int) -> Response:
    """Put the proposals for these statements aside."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, proposals.ignore, page=page_of(form), chosen=chosen_statements(form))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/proposals/restore")
async def restore(request: Request, session_id: int) -> Response:
    """Show again what was put aside."""
    await require_own_session(request, session_id)
    await lead(request, session_id, proposals.restore, page=page_of(await request.form()))
    return await answer(request, session_id)
