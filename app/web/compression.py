"""Compresses the pages of participants, whose lines may be slow, and boards; static files come compressed already."""

from __future__ import annotations

import zlib

from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

# A shorter answer fits in one packet either way.
SMALLEST = 1000
# Quick: a thousand phones that come back at once wait for each other's pages. One more takes twice the time for 2 %.
LEVEL = 4
DOORS = ("/s/", "/j/", "/attendance/")
# Written by templates where a part begins that is compressed apart; no text of a person holds it, since `<` is escaped.
APART = "<!-- apart -->"


class Compression:
    """Only where what somebody else made a browser ask for never stands beside a secret.

    The length of a compressed page tells whether two parts of it are alike. A moderator's pages repeat what is searched
    for beside the titles of sessions, so they are sent as they are; they don't have to cross a slow line. Only a board
    is too large for that: see `in_parts`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressing = GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._compressing if _is_for_participants(scope) else self._plain)(scope, receive, send)


def _is_for_participants(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    # A neighbour's seat has its page below the number of its place.
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    # A PDF is compressed inside.
    return (path == "/" or path.startswith(DOORS)) and not path.endswith(".pdf")


def in_parts(request: Request, page: str) -> HTMLResponse:
    """A page whose parts are compressed as if each stood alone; as it is when it has no parts or nobody can read that.

    On a control room with a board what participants wrote is one part, what is hidden of it another, and the keys and
    titles around it others, so that no length tells how alike two of these are.
    """
    varying = {"Vary": "Accept-Encoding"}
    if APART not in page or "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers=varying)
    return HTMLResponse(packed(page), headers={**varying, "Content-Encoding": "gzip"})


def packed(page: str) -> bytes:
    """The parts of a page as one gzip stream; behind each the compressor forgets what it has seen."""
    packer = zlib.compressobj(LEVEL, wbits=zlib.MAX_WBITS | 16)
    parts = [packer.compress(part.encode()) + packer.flush(zlib.Z_FULL_FLUSH) for part in page.split(APART)]
    return b"".join(parts) + packer.flush()
