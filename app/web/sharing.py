"""Doors for sharing a session with other moderators."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from app.commands import sharing
from app.domain.refusals import Refusal
from app.screens import sharing as screen
from app.screens.render import render
from app.store.tables import ModerationSession, Moderator
from app.web import sentences
from app.web.fields import LARGEST_SEQ, text_field
from app.web.guards import language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/sharing")
async def page(request: Request, session_id: int) -> Response:
    """Who leads this session."""
    return await _page(request, *await require_own_session(request, session_id))


@router.post("/sessions/{session_id}/sharing")
async def share(request: Request, session_id: int) -> Response:
    """Share with the account of an address. When refused: the page again with what was typed."""
    moderator, session = await require_own_session(request, session_id)
    email = text_field(await request.form(), "email")
    try:
        other = await parts(request).writer.run(
            sharing.share, session_id, moderator_id=int(moderator.id or 0), email=email
        )
    except Refusal as refusal:
        return await _page(request, moderator, session, refusal, email)
    return redirect(f"/sessions/{session_id}/sharing?added={other}")


@router.post("/sessions/{session_id}/sharing/{other_id}/remove")
async def stop_sharing(request: Request, session_id: int, other_id: int) -> Response:
    """Take a moderator off, or leave; open control rooms of that moderator close at once."""
    moderator, _session = await require_own_session(request, session_id)
    if other_id >= LARGEST_SEQ:
        raise HTTPException(404)
    await parts(request).writer.run(
        sharing.stop_sharing, session_id, moderator_id=int(moderator.id or 0), other_id=other_id
    )
    await parts(request).rooms.send_away(session_id, other_id)
    return redirect("/sessions" if other_id == moderator.id else f"/sessions/{session_id}/sharing")


async def _page(
    request: Request, moderator: Moderator, session: ModerationSession, refusal: Refusal | None = None, typed: str = ""
) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        view = await screen.load(db, session, moderator)
    values = {
        "view": view,
        "typed": typed,
        "error": sentences.sentence(refusal, language) if refusal else "",
        "added": next((one for one in view.people if str(one.id) == request.query_params.get("added")), None),
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("dashboard/sharing.html", language, **values), status))
