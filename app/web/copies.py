"""Doors for copying a session for another group."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import copies
from app.commands.copies import Occasion
from app.domain.actions import parse_day
from app.domain.clock import check_clock
from app.domain.refusals import Refusal
from app.screens import copy_form
from app.screens.render import render
from app.store.tables import ModerationSession, Moderator
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()
FIELDS = ("group_name", "held_on", "starts_at")


@router.get("/sessions/{session_id}/copy")
async def page(request: Request, session_id: int) -> Response:
    """The form: for which group, on which day."""
    return await _page(request, *await require_own_session(request, session_id))


@router.post("/sessions/{session_id}/copy")
async def copy(request: Request, session_id: int) -> Response:
    """A new draft, straight on to its agenda. When refused: the form again with what was typed."""
    moderator, session = await require_own_session(request, session_id)
    form = await request.form()
    try:
        occasion = _occasion(form)
        made = await parts(request).writer.run(
            copies.copy, session_id, moderator_id=int(moderator.id or 0), occasion=occasion
        )
    except Refusal as refusal:
        return await _page(request, moderator, session, refusal, form)
    return redirect(f"/sessions/{made}/agenda")


def _occasion(form: Any) -> Occasion:
    """Raises Refusal for an odd day or time."""
    held_on = parse_day(text_field(form, "held_on")) or date.today()
    return Occasion(text_field(form, "group_name"), held_on, check_clock(text_field(form, "starts_at")))


async def _page(
    request: Request, moderator: Moderator, session: ModerationSession, refusal: Refusal | None = None, form: Any = None
) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        view = await copy_form.load(db, session, moderator)
    begins_with = {"group_name": view.group, "held_on": view.day.isoformat(), "starts_at": view.starts_at}
    values = {
        "view": view,
        "typed": {name: text_field(form, name) for name in FIELDS} if form else begins_with,
        "error": sentences.sentence(refusal, language) if refusal else "",
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("dashboard/copy.html", language, **values), status))
