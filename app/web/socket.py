"""The sockets: they only push; what a person does goes up as a request."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, WebSocket
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocketDisconnect

from app.domain import anonymity
from app.domain.presence import ModeratorHere
from app.live.connection import BEAT, GONE, NOT_ALLOWED, Connection
from app.store import sessions
from app.web.guards import (
    SeatNeeded,
    SignInNeeded,
    language_of,
    require_own_session,
    require_seat,
    sign_in_token,
)
from app.web.parts import parts

router = APIRouter()
BEAT_SECONDS = 10


@router.websocket("/s/{code}/socket")
async def phone_socket(socket: WebSocket, code: str) -> None:
    """A participant's phone."""
    await socket.accept()
    try:
        session, participant = await require_seat(socket, code)
    except SeatNeeded:
        await socket.close(NOT_ALLOWED)
        return
    await _serve(socket, int(session.id or 0), Connection(socket, "phone", language_of(socket), participant))


@router.websocket("/sessions/{session_id}/socket")
async def control_room_socket(socket: WebSocket, session_id: int) -> None:
    """A moderator's control room."""
    await socket.accept()
    try:
        moderator, _ = await require_own_session(socket, session_id)
    except (SignInNeeded, HTTPException):
        await socket.close(NOT_ALLOWED)
        return
    here = ModeratorHere(int(moderator.id or 0), moderator.name)
    sign_in = anonymity.hash_token(str(sign_in_token(socket)))
    connection = Connection(socket, "control_room", language_of(socket), moderator=here, sign_in=sign_in)
    await _serve(socket, session_id, connection)


@router.websocket("/big-screen/{key}/socket")
async def big_screen_socket(socket: WebSocket, key: str) -> None:
    """A big screen, which speaks the session's language."""
    await socket.accept()
    async with parts(socket).database.reader() as db:
        session = await sessions.by_big_screen_key(db, key)
    if session is None:
        await socket.close(GONE)
        return
    await _serve(socket, int(session.id or 0), Connection(socket, "big_screen", session.language))


async def _serve(socket: WebSocket, session_id: int, connection: Connection) -> None:
    room = parts(socket).rooms.of(session_id)
    since = socket.query_params.get("since", "")
    beat = asyncio.create_task(_beat(connection))
    try:
        await room.enter(connection, int(since) if since.isascii() and since.isdigit() and len(since) < 17 else None)
        while True:
            await socket.receive_text()
    except (WebSocketDisconnect, RuntimeError, KeyError):
        pass
    except LookupError:
        # Deleted between the door and the room.
        await socket.close(GONE)
    finally:
        beat.cancel()
        room.leave(connection)


async def _beat(connection: Connection) -> None:
    """Break the silence: a page that hears nothing for longer knows the line is dead."""
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        if connection.is_free:
            connection.send(BEAT)
