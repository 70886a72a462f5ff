"""The seats of one device: each at an address of its own, /s/CODE and then /2/s/CODE …, with its own cookie.

A browser sends a cookie to the path it was set for. Since /2/s/CODE does not lie below /s/CODE, each request carries
the cookie of one seat only, and nothing that comes in ties two seats to one device.
"""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.phases import Status
from app.domain.refusals import Reason, Refusal
from app.screens.render import render
from app.web.guards import language_of, private, redirect, require_seat
from app.web.parts import parts

router = APIRouter()
MOST_ON_A_DEVICE = 9
# A session of a day, and the day after it in which one may still come back for the report.
SEAT_SECONDS = 2 * 24 * 3600
_PLACE = re.compile(f"(/[2-{MOST_ON_A_DEVICE}])/s/")
_PAGE = re.compile(f"https?://[^/]+{_PLACE.pattern}")


class Places:
    """Lets the doors below /s/ serve /2/s/ … /9/s/ too: the number is the root path, as if mounted there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = _PLACE.match(scope["path"]) if scope["type"] in ("http", "websocket") else None
        if (elsewhere := _sent_from(scope)) and not place:
            await RedirectResponse(elsewhere + scope["path"], 307)(scope, receive, send)
            return
        await self.app({**scope, "root_path": place[1]} if place else scope, receive, send)


def _sent_from(scope: Scope) -> str | None:
    """The place whose page sent a plain form to the first one: a pushed scene is drawn once for all places.

    Scripts name the place they mean, and so does a page as it was loaded; but where a scene was pushed and the scripts
    fail afterwards, one's statement or points would go to a neighbour's seat.
    """
    if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/s/"):
        return None
    headers = Headers(scope=scope)
    page = _PAGE.match(headers.get("referer", ""))
    return page[1] if page and not headers.get("content-type", "").startswith("application/json") else None


def place_of(connection: HTTPConnection) -> int:
    """Which seat of its device asks: 1, or the number in its address."""
    return int(str(connection.scope.get("root_path", "")).lstrip("/") or 1)


def address(connection: HTTPConnection, code: str, place: int | None = None) -> str:
    """The path of the phone's page at the asker's own place, or at another one."""
    number = place or place_of(connection)
    return f"/s/{code}" if number == 1 else f"/{number}/s/{code}"


def keep(request: Request, code: str, token: str) -> Response:
    """On to the phone's page, with the cookie by which this place is found again."""
    here = address(request, code)
    answer = redirect(here)
    answer.set_cookie(
        "seat",
        token,
        max_age=SEAT_SECONDS,
        path=here,
        secure=parts(request).settings.is_https,
        httponly=True,
        samesite="lax",
    )
    return private(answer)


@router.get("/s/{code}/neighbour")
async def neighbour(request: Request, code: str, place: str = "") -> Response:
    """One button that takes the next seat on this device, or the one of a `place` that lost its cookie."""
    session, _ = await require_seat(request, code)
    lost = re.fullmatch(f"[2-{MOST_ON_A_DEVICE}]", place)
    if session.status == Status.ENDED and lost:
        # No seat is given out any more, but what was written from it is still on the device.
        return redirect(f"{address(request, code, int(place))}/written")
    if session.status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    following = int(place) if lost else place_of(request) + 1
    values = {
        "code": code,
        "seat": address(request, code),
        "following": following,
        "is_lost": bool(lost),
        "door_open": session.door_open,
        "join_key": session.join_key,
        "most": MOST_ON_A_DEVICE,
    }
    return private(HTMLResponse(render("phone/neighbour.html", language_of(request), **values)))
