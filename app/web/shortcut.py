"""The doors through which hundreds come at once are found at once: the routing costs more than what they do.

The same doors as everybody else's, with the same sentences when something is refused.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Door = Callable[[Request, str], Awaitable[Response]]
Refuse = Callable[[Request, Any], Awaitable[Response]]
_PATH = re.compile(r"/s/([^/]+)(/[a-z]+)")
_JSON = (b"content-type", b"application/json")


class Shortcut:
    """Leads what scripts post to one of these `doors`, by the end of its path below /s/CODE, straight to it."""

    def __init__(self, app: ASGIApp, doors: Mapping[str, Door], refusals: Mapping[type[Exception], Refuse]) -> None:
        self.app = app
        self._doors = doors
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A plain form is answered with a page, which goes the long way and is compressed there.
        found = _PATH.fullmatch(_path(scope)) if scope.get("method") == "POST" and _JSON in scope["headers"] else None
        door = self._doors.get(found[2]) if found else None
        if found is None or door is None:
            await self.app(scope, receive, send)
            return
        scope["path_params"] = {"code": found[1]}
        request = Request(scope, receive, send)
        try:
            answer = await door(request, found[1])
        except tuple(self._refusals) as error:
            refuse = next(refuse for kind, refuse in self._refusals.items() if isinstance(error, kind))
            answer = await refuse(request, error)
        await answer(scope, receive, send)


def _path(scope: Scope) -> str:
    """Without the number of a neighbour's seat."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
