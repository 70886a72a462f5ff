"""The moderator's doors of the attendance list: who is on it, who may put themselves on it, what the report tells."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import attendance
from app.domain.refusals import Reason, Refusal
from app.screens import control_room, refresh
from app.screens.render import render
from app.web.fields import text_field
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()
ROLES = {"by_size": None, "yes": True, "no": False}
PIECES = ("attendee_rows", "attendance_door", "attendance_report")


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


@router.get("/sessions/{session_id}/attendees/rows")
async def rows(request: Request, session_id: int) -> Response:
    """The list and its settings as a push, for a page that heard that they changed."""
    await require_own_session(request, session_id)
    return private(HTMLResponse(await _pushed(request, session_id)))


@router.post("/sessions/{session_id}/attendance/open")
async def set_open(request: Request, session_id: int) -> Response:
    """Whether people may put themselves on the list."""
    await require_own_session(request, session_id)
    wanted = text_field(await request.form(), "wanted") == "1"
    await parts(request).writer.run(attendance.set_open, session_id, wanted=wanted)
    return await _answer(request, session_id)


@router.post("/sessions/{session_id}/attendance/report")
async def set_report(request: Request, session_id: int) -> Response:
    """Whether the report tells names, and roles."""
    await require_own_session(request, session_id)
    form = await request.form()
    roles = text_field(form, "roles")
    if roles not in ROLES:
        raise Refusal(Reason.INPUT_MALFORMED)
    names = text_field(form, "names") == "1"
    await parts(request).writer.run(attendance.set_report, session_id, names=names, roles=ROLES[roles])
    return await _answer(request, session_id)


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
    notice = render("shared/notice.html", language_of(request))
    return private(HTMLResponse(await _pushed(request, session_id) + refresh.push(0, [notice])))


async def _pushed(request: Request, session_id: int) -> str:
    async with parts(request).database.reader() as db:
        view = await control_room.load_attendance(db, session_id)
    language = language_of(request)
    return refresh.push(view.seq, [render(f"control_room/{name}.html", language, view=view) for name in PIECES])
