"""That nothing can be stored, for control rooms that poll: meanwhile no seq is new, and yet there is news."""

from __future__ import annotations

from fastapi import Request

from app.domain.presence import Presence
from app.screens import refresh
from app.screens.render import render
from app.web.guards import language_of
from app.web.parts import parts


def news(request: Request, seq: int) -> str:
    """The banner, or its empty place for a while after it went, as a push at `seq`; empty when all has been well."""
    storing = parts(request).writer.storing
    if not storing.is_news:
        return ""
    view = {"leading": Presence(trouble=storing.trouble)}
    return refresh.push(seq, [render("control_room/trouble.html", language_of(request), view=view)])
