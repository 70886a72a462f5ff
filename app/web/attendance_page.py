"""The public door of the attendance list: on a path of its own, where no browser sends the cookie of a seat.

It reads no cookie but the language, sets none, and answers everybody alike.
"""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from app.commands import attendance
from app.domain.refusals import Reason, Refusal
from app.screens.render import render
from app.store import sessions
from app.store.attendance import standing_of
from app.store.tables import ModerationSession
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect
from app.web.limits import ListedNames
from app.web.parts import parts

router = APIRouter()
listed_names = ListedNames()
KEPT = 400


@router.get("/attendance/{attendance_key}")
async def page(request: Request, attendance_key: str, listed: str = "") -> Response:
    """Name and role, or when the list is open again; after sending a word of thanks."""
    session = await _session(request, attendance_key)
    return await _page(request, session, is_listed=listed == "1")


@router.post("/attendance/{attendance_key}")
async def add_oneself(request: Request, attendance_key: str) -> Response:
    """Put a name on the list; what can't be taken stays in the fields with a sentence."""
    session = await _session(request, attendance_key)
    form = await request.form()
    name, role = text_field(form, "name"), text_field(form, "role")
    try:
        listed_names.check(request.client.host if request.client else "")
        await parts(request).writer.run(attendance.add_oneself, session.id, name=name, role=role)
    except Refusal as refusal:
        return await _page(request, session, name=name, role=role, refusal=refusal)
    return private(redirect(f"/attendance/{attendance_key}?listed=1"))


async def _session(request: Request, key: str) -> ModerationSession:
    async with parts(request).database.reader() as db:
        session = await sessions.by_attendance_key(db, key)
    if session is None:
        raise HTTPException(404)
    return session


async def _page(
    request: Request,
    session: ModerationSession,
    is_listed: bool = False,
    name: str = "",
    role: str = "",
    refusal: Refusal | None = None,
) -> Response:
    async with parts(request).database.reader() as db:
        standing = await standing_of(db, session, time.time())
    language = language_of(request)
    values = {
        "action": f"/attendance/{session.attendance_key}",
        "title": session.title,
        "group": session.group_name,
        "standing": standing,
        "is_listed": is_listed,
        "name": name[:KEPT],
        "role": role[:KEPT],
        "error": sentences.sentence(refusal, language) if refusal else "",
        "is_of_name": refusal is not None and refusal.reason == Reason.TEXT_MISSING,
    }
    status = sentences.status_of(refusal) if refusal else 200
    headers = {"Retry-After": "60"} if status == 429 else None
    return private(HTMLResponse(render("attendance/page.html", language, **values), status, headers))
