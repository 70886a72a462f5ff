"""What a page hears that asks what is new, because no socket gets through to it."""

from __future__ import annotations

from fastapi.responses import HTMLResponse, Response

from app.live.room import Room
from app.web.fields import LARGEST_SEQ
from app.web.guards import private


async def whole_since(room: Room, screen_name: str, language: str, since: str) -> Response:
    """The whole screen as a push, or 204 when the asker has it already."""
    seq, text = await room.whole(screen_name, language)
    return private(Response(status_code=204) if since == str(seq) else HTMLResponse(text))


async def news_since(room: Room, screen_name: str, language: str, since: str) -> Response:
    """What the asker has missed as a push, or 204 when that is nothing; the whole screen when nobody knows what."""
    known = int(since) if since.isascii() and since.isdigit() and int(since) < LARGEST_SEQ else -1
    seq, text = await room.news(screen_name, language, known)
    return private(Response(status_code=204) if known == seq else HTMLResponse(text))
