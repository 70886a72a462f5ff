"""Doors for inviting people: the page with the text to send, and the sheet to print."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app import exports
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.screens import invitation
from app.screens.render import N_, render, translate
from app.web.downloads import asked_language, pdf
from app.web.guards import language_of, private, require_own_session
from app.web.parts import parts

router = APIRouter()
SHEET = N_("join sheet")


@router.get("/sessions/{session_id}/invitation")
async def page(request: Request, session_id: int) -> Response:
    """The sheet and the text, or why there is none."""
    moderator, session = await require_own_session(request, session_id)
    view = invitation.view_of(session, moderator, parts(request).settings)
    return private(HTMLResponse(render("dashboard/invitation.html", language_of(request), view=view)))


@router.get("/sessions/{session_id}/join-sheet.pdf")
async def sheet(request: Request, session_id: int) -> Response:
    """One A4 to print, `?language=` or else in the session's. Raises Refusal when the session has ended."""
    _moderator, session = await require_own_session(request, session_id)
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    language = asked_language(request, session.language)
    joining = invitation.joining_of(session, parts(request).settings)
    stem = f"{session.group_name or session.title} {translate(language, SHEET)}"
    name = exports.file_name_of(session.held_on, stem, "pdf")
    return pdf(await exports.join_sheet.made(joining, language), name)
