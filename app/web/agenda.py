"""Doors of the agenda editor: a session's details and its questions, and starting it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import agenda, sessions
from app.domain.agenda import QuestionSettings
from app.domain.phases import ORDER
from app.domain.refusals import Reason, Refusal
from app.screens import agenda as screen
from app.screens.render import render
from app.web import sentences
from app.web.dashboard import session_fields
from app.web.guards import (
    is_htmx,
    language_of,
    private,
    redirect,
    require_own_session,
    text_field,
    whole_number,
)
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/agenda")
async def page(request: Request, session_id: int) -> Response:
    """The agenda as it stands."""
    await require_own_session(request, session_id)
    return await _page(request, session_id)


@router.post("/sessions/{session_id}/details")
async def change_details(request: Request, session_id: int) -> Response:
    """Title, group, date, language, mixing, the report on phones."""
    return await _do(
        request,
        session_id,
        sessions.change,
        lambda form: {"fields": session_fields(form), "seq": whole_number(text_field(form, "seq"))},
    )


@router.post("/sessions/{session_id}/questions")
async def add_question(request: Request, session_id: int) -> Response:
    """One more question."""
    return await _do(request, session_id, agenda.add_question, lambda form: {"settings": _settings(form)})


@router.post("/sessions/{session_id}/questions/{question_id}")
async def change_question(request: Request, session_id: int, question_id: int) -> Response:
    """New settings for a question."""
    return await _do(
        request,
        session_id,
        agenda.change_question,
        lambda form: {
            "question_id": question_id,
            "settings": _settings(form),
            "seq": whole_number(text_field(form, "seq")),
        },
    )


@router.post("/sessions/{session_id}/questions/{question_id}/remove")
async def remove_question(request: Request, session_id: int, question_id: int) -> Response:
    """Off the agenda."""
    return await _do(
        request,
        session_id,
        agenda.remove_question,
        lambda form: {"question_id": question_id, "seq": whole_number(text_field(form, "seq"))},
    )


@router.post("/sessions/{session_id}/questions/{question_id}/move")
async def move_question(request: Request, session_id: int, question_id: int) -> Response:
    """One place up or down."""
    steps = {"up": -1, "down": 1}

    def arguments(form: Any) -> dict[str, Any]:
        direction = text_field(form, "direction")
        if direction not in steps:
            raise Refusal(Reason.INPUT_MALFORMED)
        seq = whole_number(text_field(form, "seq"))
        return {"question_id": question_id, "step": steps[direction], "seq": seq}

    return await _do(request, session_id, agenda.move_question, arguments)


@router.post("/sessions/{session_id}/open")
async def open_session(request: Request, session_id: int) -> Response:
    """Let people in: on to the control room."""
    await require_own_session(request, session_id)
    try:
        await parts(request).writer.run(sessions.open_session, session_id)
    except Refusal as refusal:
        if refusal.reason != Reason.SESSION_ALREADY_OPEN:
            return await _page(request, session_id, refusal)
    target = f"/sessions/{session_id}/control-room"
    return Response(status_code=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


def _settings(form: Any) -> QuestionSettings:
    """What the form says of a question; an empty budget is automatic, given themes stand one on a line."""
    budget, limit = text_field(form, "budget"), text_field(form, "limit_per_theme")
    minutes = {str(phase): text_field(form, f"minutes-{phase}") for phase in ORDER}
    return QuestionSettings(
        text_field(form, "text"),
        phases=tuple(str(phase) for phase in form.getlist("phases")),
        budget=whole_number(budget) if budget else None,
        limit_per_theme=whole_number(limit) if limit else None,
        max_length=whole_number(text_field(form, "max_length") or QuestionSettings.max_length),
        minutes={phase: whole_number(number) for phase, number in minutes.items() if number},
        themes=tuple(name for name in text_field(form, "themes").splitlines() if name.strip()),
    )


async def _do(request: Request, session_id: int, command: Any, arguments: Any) -> Response:
    """Run a command with what `arguments` reads from the form. When refused: the page again, with what was typed."""
    await require_own_session(request, session_id)
    form = await request.form()
    try:
        await parts(request).writer.run(command, session_id, **arguments(form))
    except Refusal as refusal:
        return await _page(request, session_id, refusal, form)
    return await _page(request, session_id) if is_htmx(request) else redirect(f"/sessions/{session_id}/agenda")


async def _page(request: Request, session_id: int, refusal: Refusal | None = None, form: Any = None) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        view = await screen.load(db, session_id)
    typed = {name: value for name, value in form.multi_items() if isinstance(value, str)} if form else {}
    if form:
        typed["phases"] = ",".join(str(phase) for phase in form.getlist("phases"))
    values = {
        "view": view,
        "error": sentences.sentence(refusal, language) if refusal else "",
        "typed": typed,
        "refused": request.url.path if refusal else "",
    }
    template = "dashboard/agenda_push.html" if is_htmx(request) else "dashboard/agenda.html"
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render(template, language, **values), status))
