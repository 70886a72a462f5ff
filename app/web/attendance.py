"""Doors of the attendance list, typed by the moderator."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import attendance
from app.screens import control_room, refresh
from app.screens.render import render
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session, text_field
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/attendees")
async def page(request: Request, session_id: int) -> Response:
    """The attendance list."""
    await require_own_session(request, session_id)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await control_room.load(db, session_id, await room.presence_now(db))
        rows = await control_room.load_attendance(db, session_id)
    values = {"view": view, "attendance": rows, "confirm": None}
    return private(HTMLResponse(render("control_room/attendees.html", language_of(request), **values)))


@router.post("/sessions/{session_id}/attendees")
async def add(request: Request, session_id: int) -> Response:
    """Put a name on the list."""
    await require_own_session(request, session_id)
    form = await request.form()
    await parts(request).writer.run(
        attendance.add, session_id, name=text_field(form, "name"), role=text_field(form, "role")
    )
    return await _answer(request, session_id)


@router.post("/sessions/{session_id}/attendees/{attendee_id}/remove")
async def remove(request: Request, session_id: int, attendee_id: str) -> Response:
    """Take a name off the list."""
    await require_own_session(request, session_id)
    await parts(request).writer.run(attendance.remove, session_id, attendee_id=attendee_id)
    return await _answer(request, session_id)


async def _answer(request: Request, session_id: int) -> Response:
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/attendees")
    async with parts(request).database.reader() as db:
        rows = await control_room.load_attendance(db, session_id)
    language = language_of(request)
    pieces = [
        render("control_room/attendee_rows.html", language, view=rows),
        render("shared/notice.html", language),
    ]
    return private(HTMLResponse(refresh.push(rows.seq, pieces)))
