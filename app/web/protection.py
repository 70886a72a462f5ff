"""What every request and answer goes through: size, origin, and the headers that keep browsers strict."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.screens.render import translate
from app.settings import Settings
from app.web import sentences
from app.web.guards import language_of, something_broke

STATIC = "/static/"
LARGEST_BODY = 256 * 1024
# This door counts for itself: it takes more, and has to read on to be able to answer.
COUNTS_ITSELF = "/sessions/import"
# Forms that carry more than words; the settings have a logo and four long texts.
LARGER_BODIES = {"/settings": 1024 * 1024}
log = logging.getLogger(__name__)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class BodyTooLarge(Exception):
    """More came in than any form of ours sends."""


class Protection:
    """Limits bodies while they are read, refuses foreign origins (sockets too), adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_own_origin(scope, headers):
            await self._refuse(scope, receive, send, 403, sentences.FOREIGN_ORIGIN)
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_strictly(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(MutableHeaders(scope=message), headers, scope["path"])
            await send(message)

        try:
            most = LARGER_BODIES.get(scope["path"], LARGEST_BODY)
            counts_itself = scope["path"] == COUNTS_ITSELF
            await self.app(scope, receive if counts_itself else _limited(receive, headers, most), send_strictly)
        except BodyTooLarge:
            if not started:
                await self._refuse(scope, receive, send_strictly, 413, sentences.TOO_LARGE)
        except Exception:
            # Caught here and not further out, where the answer would have no headers.
            log.exception("a request failed")
            if started:
                raise
            answer = await something_broke(Request(scope))
            await answer(scope, receive, send_strictly)

    def _is_own_origin(self, scope: Scope, headers: Headers) -> bool:
        """Browsers name the origin of forms, fetches and sockets; other clients have no cookies to steal."""
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return True
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        own = {headers.get("host", "").lower()}
        if self.settings.public_url:
            own.add(urlsplit(self.settings.public_url).netloc.lower())
        try:
            claimed = urlsplit(origin)
        except ValueError:
            return False
        return claimed.netloc.lower() in own and claimed.scheme in ("http", "https")

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int, message: str) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
            return
        text = translate(language_of(HTTPConnection(scope)), message)
        await PlainTextResponse(text, status, {"Connection": "close"})(scope, receive, send)

    def _add_headers(self, answer: MutableHeaders, request: Headers, path: str) -> None:
        answer.setdefault("X-Content-Type-Options", "nosniff")
        # Our own scripts and styles need no more, and twenty times half a kilobyte is a wait on a slow line.
        if path.startswith(STATIC) and "cache-control" in answer:
            return
        host = request.get("host", "")
        answer.setdefault(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; "
            # Named in full: 'self' does not cover sockets before Safari 16.
            f"connect-src 'self' ws://{host} wss://{host}; img-src 'self' data:; font-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        # Not no-referrer: plain forms would then send `Origin: null`, which the check above refuses.
        answer.setdefault("Referrer-Policy", "same-origin")
        answer.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        answer.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        answer.setdefault("Cache-Control", "no-store")


def _limited(receive: Receive, headers: Headers, most: int) -> Receive:
    """Count while reading: Content-Length may be absent or a lie."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        announced = headers.get("content-length", "0")
        if announced.isdigit() and int(announced) > most:
            raise BodyTooLarge
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise BodyTooLarge
        return message

    return receive_limited
