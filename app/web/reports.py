"""Doors of a report that is still being made: how far it is, and the file when it is there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.screens.render import render
from app.screens.report_progress import ReportProgress
from app.web.downloads import made, why_not_made
from app.web.guards import language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/reports/{token}")
async def progress(request: Request, session_id: int, token: str) -> Response:
    """A page that looks again by itself until the file is there, with scripts or without."""
    await require_own_session(request, session_id)
    press = parts(request).press
    job = press.find(session_id, token)
    if job is None:
        return _again(session_id)
    language = language_of(request)
    trouble = why_not_made(job.failure, language) if job.failure else ""
    view = ReportProgress(session_id, token, press.ahead_of(job), job.made.done() and not trouble, trouble)
    return private(HTMLResponse(render("dashboard/report_progress.html", language, view=view)))


@router.get("/sessions/{session_id}/reports/{token}/file")
async def file(request: Request, session_id: int, token: str) -> Response:
    """The file itself, as soon as it is made."""
    _moderator, session = await require_own_session(request, session_id)
    job = parts(request).press.find(session_id, token)
    return _again(session_id) if job is None else await made(request, session, job, "attachment")


def _again(session_id: int) -> Response:
    """What was made is kept for a moment only; the control room has the links."""
    return redirect(f"/sessions/{session_id}/control-room")
