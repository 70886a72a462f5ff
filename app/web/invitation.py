"""Doors for inviting people: the page with the text to send, and the sheet to print."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app import exports
from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.exports.press_process import NotMade
from app.screens import invitation
from app.screens.render import N_, render, translate
from app.store import owner_settings
from app.web.downloads import asked_language, pdf
from app.web.guards import language_of, private, require_own_session
from app.web.parts import parts
from app.web.refused import say

router = APIRouter()
SHEET = N_("join sheet")
NOT_MADE = N_(
    "The sheet could not be made just now. Try again in a moment; the address and the code are on the big screen too."
)


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
    drawn = exports.join_sheet.Sheet(joining, language, owner_settings.current())
    try:
        return pdf(await parts(request).press.make_between(drawn), name)
    except NotMade:
        return await say(request, 503, translate(language_of(request), NOT_MADE), "not_made")
