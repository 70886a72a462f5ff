"""Doors for deleting a session and putting it back."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.commands import retention
from app.store import sessions
from app.web.fields import LARGEST_SEQ, text_field
from app.web.guards import redirect, require_moderator, require_own_session
from app.web.parts import parts

router = APIRouter()


@router.post("/sessions/{session_id}/delete")
async def delete(request: Request, session_id: int) -> Response:
    """Off every screen at once; the dashboard then says so, and how to undo it."""
    moderator, _session = await require_own_session(request, session_id)
    form = await request.form()
    await parts(request).writer.run(retention.delete, session_id, moderator_id=int(moderator.id or 0))
    await parts(request).rooms.close_session(session_id)
    return _dashboard("deleted", session_id, text_field(form, "search"))


@router.post("/sessions/{session_id}/put-back")
async def put_back(request: Request, session_id: int) -> Response:
    """A deleted session is there again; for who does not own it, it does not exist."""
    moderator = await require_moderator(request)
    async with parts(request).database.reader() as db:
        session = await sessions.by_id(db, session_id) if session_id < LARGEST_SEQ else None
    if session is None or session.moderator_id != moderator.id:
        raise HTTPException(404)
    await parts(request).writer.run(retention.put_back, session_id, moderator_id=int(moderator.id or 0))
    return _dashboard("back", session_id, "")


def _dashboard(what: str, session_id: int, search: str) -> Response:
    query = {what: str(session_id), **({"search": search} if search else {})}
    return redirect(f"/sessions?{urlencode(query)}")
