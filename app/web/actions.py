"""Doors of the action list."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import actions
from app.domain.actions import ActionFields, parse_day
from app.screens import control_room, refresh
from app.screens.render import render
from app.web.fields import text_field, theme_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/actions")
async def page(request: Request, session_id: int) -> Response:
    """The action list."""
    await require_own_session(request, session_id)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await control_room.load(db, session_id, await room.presence_now(db))
        rows = await control_room.load_actions(db, session_id)
    values = {"view": view, "actions": rows, "confirm": None}
    return private(HTMLResponse(render("control_room/actions.html", language_of(request), **values)))


@router.post("/sessions/{session_id}/actions")
async def add(request: Request, session_id: int) -> Response:
    """Note an action item."""
    await require_own_session(request, session_id)
    fields = _fields(await request.form())
    await parts(request).writer.run(actions.add, session_id, fields=fields)
    return await _answer(request, session_id)


@router.post("/sessions/{session_id}/actions/{action_id}")
async def change(request: Request, session_id: int, action_id: int) -> Response:
    """New fields for an action item."""
    await require_own_session(request, session_id)
    form = await request.form()
    seq = whole_number(text_field(form, "seq"))
    await parts(request).writer.run(actions.change, session_id, action_id=action_id, fields=_fields(form), seq=seq)
    return await _answer(request, session_id)


@router.post("/sessions/{session_id}/actions/{action_id}/remove")
async def remove(request: Request, session_id: int, action_id: int) -> Response:
    """Off the list."""
    await require_own_session(request, session_id)
    seq = whole_number(text_field(await request.form(), "seq"))
    await parts(request).writer.run(actions.remove, session_id, action_id=action_id, seq=seq)
    return await _answer(request, session_id)


def _fields(form: Any) -> ActionFields:
    return ActionFields(
        text_field(form, "text"),
        theme_field(form),
        text_field(form, "owner"),
        parse_day(text_field(form, "due")),
        text_field(form, "done") == "1",
    )


async def _answer(request: Request, session_id: int) -> Response:
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/actions")
    async with parts(request).database.reader() as db:
        rows = await control_room.load_actions(db, session_id)
    language = language_of(request)
    pieces = [
        render("control_room/action_rows.html", language, view=rows),
        render("shared/notice.html", language),
    ]
    return private(HTMLResponse(refresh.push(rows.seq, pieces)))
