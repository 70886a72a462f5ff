"""The sockets: they only push; what a person does goes up as a request."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.routing import Match, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain import anonymity
from app.domain.presence import ModeratorHere
from app.domain.refusals import Refusal
from app.live.connection import GONE, NOT_ALLOWED, Connection
from app.live.room import Room
from app.store import sessions
from app.store.database import Overloaded
from app.web.fields import whole_number
from app.web.guards import (
    SeatNeeded,
    SignInNeeded,
    known_seat,
    language_of,
    require_own_session,
    sign_in_token,
)
from app.web.parts import parts

TRY_AGAIN_LATER = 1013


class OpenSocket:
    """The server's end of a socket; all that is kept of it while it is open, since there may be thousands."""

    __slots__ = ("_send",)

    def __init__(self, send: Send) -> None:
        self._send = send

    def send_text(self, text: str) -> Coroutine[Any, Any, None]:
        return self._send({"type": "websocket.send", "text": text})  # type: ignore[return-value]

    def close(self, code: int) -> Coroutine[Any, Any, None]:
        return self._send({"type": "websocket.close", "code": code, "reason": ""})  # type: ignore[return-value]


class Refused(Exception):
    """Whoever opened a socket may not listen; `code` tells the page whether to say so."""

    def __init__(self, code: int) -> None:
        self.code = code


Admit = Callable[[HTTPConnection, OpenSocket], Awaitable[tuple[Room, Connection]]]


class Door:
    """Lets a socket into its room. Plain ASGI: what a framework keeps beside each socket costs kilobytes."""

    def __init__(self, admit: Admit) -> None:
        self._admit = admit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        socket = OpenSocket(send)
        with contextlib.suppress(OSError, RuntimeError):
            # Accepted first: a browser tells its page the code of a close, and nothing of a refused handshake.
            await send({"type": "websocket.accept"})
            try:
                room, connection = await self._admit(HTTPConnection(scope), socket)
                since = _since(scope)
                # The seat's token would stay in memory for as long as the socket is open.
                scope["headers"].clear()
                await _listen(room, connection, since, receive)
            except Refused as refused:
                await socket.close(refused.code)
            except sessions.SessionGone:
                # Deleted between the door and the room.
                await socket.close(GONE)
            except Overloaded:
                # A code on which the page comes back by itself.
                await socket.close(TRY_AGAIN_LATER)
            except DatabaseError as error:
                await socket.close(TRY_AGAIN_LATER)
                # What is in the way of reading is said once, and not for each of thousands who come back.
                if await parts(HTTPConnection(scope)).writer.storing.failed(error) is None:
                    raise


async def _listen(room: Room, connection: Connection, since: int | None, receive: Receive) -> None:
    """Until it closes; what a socket says is not listened to."""
    try:
        await room.enter(connection, since)
        while (await receive())["type"] != "websocket.disconnect":
            pass
    finally:
        room.leave(connection)


def _since(scope: Scope) -> int | None:
    """The seq of the screen that the page shows."""
    since = HTTPConnection(scope).query_params.get("since", "")
    return int(since) if since.isascii() and since.isdigit() and len(since) < 17 else None


async def admit_phone(asked: HTTPConnection, socket: OpenSocket) -> tuple[Room, Connection]:
    """A participant's phone. Raises Refused."""
    try:
        session_id, participant = await known_seat(asked, asked.path_params["code"])
    except SeatNeeded:
        raise Refused(NOT_ALLOWED) from None
    connection = Connection(socket, "phone", language_of(asked), participant)
    return parts(asked).rooms.of(session_id), connection


async def admit_control_room(asked: HTTPConnection, socket: OpenSocket) -> tuple[Room, Connection]:
    """A moderator's control room. Raises Refused."""
    try:
        # Read here and not by the route: an address of thousands of digits is no number to Python.
        session_id = whole_number(asked.path_params["session_id"])
        moderator, _ = await require_own_session(asked, session_id)
    except (Refusal, SignInNeeded, HTTPException):
        raise Refused(NOT_ALLOWED) from None
    here = ModeratorHere(int(moderator.id or 0), moderator.name)
    sign_in = anonymity.hash_token(str(sign_in_token(asked)))
    connection = Connection(socket, "control_room", language_of(asked), moderator=here, sign_in=sign_in)
    return parts(asked).rooms.of(session_id), connection


async def admit_big_screen(asked: HTTPConnection, socket: OpenSocket) -> tuple[Room, Connection]:
    """A big screen, which speaks the session's language. Raises Refused."""
    async with parts(asked).database.reader() as db:
        session = await sessions.by_big_screen_key(db, asked.path_params["key"])
    if session is None:
        raise Refused(GONE)
    return parts(asked).rooms.of(int(session.id or 0)), Connection(socket, "big_screen", session.language)


ROUTES = (
    WebSocketRoute("/s/{code}/socket", Door(admit_phone)),
    WebSocketRoute("/sessions/{session_id}/socket", Door(admit_control_room)),
    WebSocketRoute("/big-screen/{key}/socket", Door(admit_big_screen)),
)


class Sockets:
    """Takes sockets out before what only requests need: each layer would be kept beside each of thousands of them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (_door(scope) if scope["type"] == "websocket" else self.app)(scope, receive, send)


def _door(scope: Scope) -> ASGIApp:
    for route in ROUTES:
        match, found = route.matches(scope)
        if match == Match.FULL:
            scope.update(found)
            return route.app
    return _nowhere


async def _nowhere(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": NOT_ALLOWED, "reason": ""})
