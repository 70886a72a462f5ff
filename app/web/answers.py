"""Doors of the answers that become action items."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import actions
from app.screens import answers, control_room, refresh
from app.screens.render import N_, render, translate, translations
from app.web.control_room import answer
from app.web.fields import chosen_statements, text_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()
ALL_LISTED = N_("That is on the action list already, so nothing was added.")


@router.get("/sessions/{session_id}/actions/answers")
async def page(request: Request, session_id: int, question: str = "") -> Response:
    """The answers to `?question=`, or else to the last follow-up question."""
    await require_own_session(request, session_id)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await control_room.load_counts(db, session_id, await room.presence_now(db))
        shown = await answers.load(db, session_id, _number(question))
    values = {"view": view, "answers": shown, "confirm": None}
    return private(HTMLResponse(render("control_room/answers_page.html", language_of(request), **values)))


@router.post("/sessions/{session_id}/actions/answers")
async def make(request: Request, session_id: int) -> Response:
    """Action items of the answers that are ticked, or of the one whose button was pressed."""
    await require_own_session(request, session_id)
    form = await request.form()
    only = text_field(form, "only")
    chosen = [only] if only else chosen_statements(form)
    made = await parts(request).writer.run(actions.add_answers, session_id, chosen=chosen)
    message = _said(language_of(request), made)
    if text_field(form, "page") != "answers":
        return await answer(request, session_id, message)
    return await _answers_again(request, session_id, form, message)


async def _answers_again(request: Request, session_id: int, form: Any, message: str) -> Response:
    question = whole_number(text_field(form, "question"))
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/actions/answers?question={question}")
    language = language_of(request)
    async with parts(request).database.reader() as db:
        shown = await answers.load(db, session_id, question)
    pieces = [
        render("control_room/answer_list.html", language, answers=shown),
        render("shared/notice.html", language, message=message, kind="info"),
    ]
    return private(HTMLResponse(refresh.push(shown.seq, pieces)))


def _said(language: str, made: int) -> str:
    if not made:
        return translate(language, ALL_LISTED)
    ngettext = translations(language).ngettext
    words = ngettext("%(num)s action was added to the list.", "%(num)s actions were added to the list.", made)
    return words % {"num": made}


def _number(text: str) -> int | None:
    """The id of a question in an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
