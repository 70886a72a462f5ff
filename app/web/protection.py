"""What every request and answer goes through: size, origin, and the headers that keep browsers strict."""

from __future__ import annotations

import functools
import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.screens.render import translate
from app.settings import Settings
from app.web import sentences
from app.web.guards import language_of
from app.web.refused import something_broke

STATIC = "/static/"
LARGEST_BODY = 256 * 1024
# This door counts for itself: it takes more, and has to read on to be able to answer.
COUNTS_ITSELF = "/sessions/import"
# Forms that carry more than words; the settings have a logo and four long texts.
LARGER_BODIES = {"/settings": 1024 * 1024}
log = logging.getLogger(__name__)
_NO_SNIFFING = ((b"x-content-type-options", b"nosniff"),)
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
                _add_headers(message, headers.get("host", ""), scope["path"])
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


def _add_headers(answer: Message, host: str, path: str) -> None:
    """Those that the door did not choose itself."""
    chosen = {name for name, _ in answer["headers"]}
    # Our own scripts and styles need no more, and twenty times half a kilobyte is a wait on a slow line.
    strict = _NO_SNIFFING if path.startswith(STATIC) and b"cache-control" in chosen else _strict_headers(host)
    answer["headers"] = [*answer["headers"], *(header for header in strict if header[0] not in chosen)]


@functools.lru_cache(maxsize=100)
def _strict_headers(host: str) -> tuple[tuple[bytes, bytes], ...]:
    """As they are sent, for an address under which the server is asked: the same for each of its answers."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        # Named in full: 'self' does not cover sockets before Safari 16.
        f"connect-src 'self' ws://{host} wss://{host}; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return (
        *_NO_SNIFFING,
        (b"content-security-policy", policy.encode("latin-1")),
        # Not no-referrer: plain forms would then send `Origin: null`, which the check above refuses.
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        (b"cache-control", b"no-store"),
    )


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
