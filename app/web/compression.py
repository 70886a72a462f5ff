"""Compresses the pages of participants, whose lines may be slow; static files come compressed already."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

# A shorter answer fits in one packet either way.
SMALLEST = 1000
# Quick: a thousand phones that come back at once wait for each other's pages. One more takes twice the time for 2 %.
LEVEL = 4
DOORS = ("/s/", "/j/", "/attendance/")


class Compression:
    """Only where what somebody else made a browser ask for never stands beside a secret.

    The length of a compressed page tells whether two parts of it are alike. A moderator's pages repeat what is searched
    for beside the titles of sessions, so they are sent as they are; they don't have to cross a slow line.
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
