"""Doors of the dashboard: a moderator's sessions, and making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import sessions
from app.commands.sessions import SessionFields
from app.domain.actions import parse_day
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.screens import dashboard, templates
from app.screens.render import render
from app.store.tables import Moderator
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect, require_moderator
from app.web.parts import parts

router = APIRouter()
FIELDS = ("template", "title", "group_name", "held_on", "starts_at", "language")


@router.get("/sessions")
async def page(request: Request) -> Response:
    """All sessions of this moderator."""
    return await _page(request, await require_moderator(request))


@router.post("/sessions")
async def create(request: Request) -> Response:
    """A new draft, straight on to its agenda. When refused: the page again with what was typed."""
    moderator = await require_moderator(request)
    form = await request.form()
    try:
        async with parts(request).database.reader() as db:
            template, language = text_field(form, "template"), text_field(form, "language")
            asked = await templates.questions_of(db, int(moderator.id or 0), template, language)
        made = await parts(request).writer.run(
            sessions.create,
            moderator_id=moderator.id,
            fields=replace(session_fields(form), mixing=True),
            questions_asked=asked,
        )
    except Refusal as refusal:
        return await _page(request, moderator, refusal, form)
    return redirect(f"/sessions/{made}/agenda")


def session_fields(form: Any) -> SessionFields:
    """What the form says of a session. Raises Refusal for an odd date or language."""
    language = text_field(form, "language")
    if language not in LANGUAGES:
        raise Refusal(Reason.INPUT_MALFORMED)
    held_on = parse_day(text_field(form, "held_on")) or date.today()
    return SessionFields(
        text_field(form, "title"),
        text_field(form, "group_name"),
        held_on,
        language,
        mixing=text_field(form, "mixing") == "1",
        report_shared=text_field(form, "report_shared") == "1",
        starts_at=text_field(form, "starts_at"),
    )


async def _page(request: Request, moderator: Moderator, refusal: Refusal | None = None, form: Any = None) -> Response:
    language = language_of(request)
    rooms = parts(request).rooms
    async with parts(request).database.reader() as db:
        search = request.query_params.get("search", "")
        with_all = request.query_params.get("all") == "1"
        view = await dashboard.load(db, moderator, rooms.connected, search, language, with_all)
        cards = await templates.cards(db, int(moderator.id or 0), language)
    values = {
        "view": view,
        "templates": cards,
        "just_deleted": _named(view.deleted, request.query_params.get("deleted")),
        "just_back": _named(view.drafts + view.ended, request.query_params.get("back")),
        "error": sentences.sentence(refusal, language) if refusal else "",
        "typed": {name: text_field(form, name) for name in FIELDS} if form else {},
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("dashboard/page.html", language, **values), status))


def _named(rows: Sequence[Any], number: str | None) -> Any:
    """The row that an address names, if it is in the list: an address alone must not make the page say things."""
    return next((row for row in rows if str(row.id) == number), None)
