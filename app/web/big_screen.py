"""Doors of the big screen: opened by its own unguessable link, reads only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from app.screens import big_screen
from app.screens.render import render
from app.store import sessions
from app.store.tables import ModerationSession
from app.web.guards import private
from app.web.parts import parts
from app.web.polling import whole_since

router = APIRouter()


@router.get("/big-screen/{key}")
async def page(request: Request, key: str) -> Response:
    """The big screen as it stands now, in the session's language."""
    session = await _session(request, key)
    room = parts(request).rooms.of(int(session.id or 0))
    async with parts(request).database.reader() as db:
        view = await big_screen.load(db, int(session.id or 0), await room.presence_now(db))
    return private(HTMLResponse(render("big_screen/page.html", session.language, view=view)))


@router.get("/big-screen/{key}/screen")
async def screen(request: Request, key: str, since: str = "") -> Response:
    """What is new since a seq, where sockets are blocked: 204 when nothing."""
    session = await _session(request, key)
    return await whole_since(parts(request).rooms.of(int(session.id or 0)), "big_screen", session.language, since)


async def _session(request: Request, key: str) -> ModerationSession:
    async with parts(request).database.reader() as db:
        session = await sessions.by_big_screen_key(db, key)
    if session is None:
        raise HTTPException(404)
    return session
