"""Who is it, and may they; `refused.py` has what they read when not."""

from __future__ import annotations

import time

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from app.domain import anonymity
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.store import owner_settings, people, sessions
from app.store.tables import ModerationSession, Moderator
from app.web.fields import LARGEST_SEQ
from app.web.parts import parts


class SignInNeeded(Exception):
    """A moderator's page was asked for without being signed in."""


class SeatNeeded(Exception):
    """A participant's page was asked for without a seat in that session."""


def language_of(connection: HTTPConnection) -> str:
    """The reader's language: chosen on this page, chosen before, what the browser asks for, or the owner's choice."""
    wanted = [connection.query_params.get("language"), connection.cookies.get("language")]
    accepted = connection.headers.get("accept-language", "")
    wanted += [part.split(";")[0].strip()[:2].lower() for part in accepted.split(",")]
    return next((language for language in wanted if language in LANGUAGES), owner_settings.current().language)


def cookie_name(connection: HTTPConnection, name: str) -> str:
    """`__Host-` (which needs https and the whole path) only where the public origin is https."""
    return f"__Host-{name}" if parts(connection).settings.is_https else name


def sign_in_token(connection: HTTPConnection) -> str | None:
    return connection.cookies.get(cookie_name(connection, "sign_in"))


async def signed_in(connection: HTTPConnection) -> Moderator | None:
    """The moderator of this browser, if one is signed in."""
    token = sign_in_token(connection)
    if not token:
        return None
    async with parts(connection).database.reader() as db:
        return await people.moderator_by_sign_in(db, anonymity.hash_token(token), int(time.time()))


async def require_moderator(connection: HTTPConnection) -> Moderator:
    """The signed-in moderator. Raises SignInNeeded."""
    moderator = await signed_in(connection)
    if moderator is None:
        raise SignInNeeded
    return moderator


async def require_owner(connection: HTTPConnection) -> Moderator:
    """The signed-in moderator, who may change the server's settings. Raises SignInNeeded, or Refusal."""
    moderator = await require_moderator(connection)
    if not moderator.is_owner:
        raise Refusal(Reason.OWNERS_ONLY)
    return moderator


async def require_own_session(connection: HTTPConnection, session_id: int) -> tuple[Moderator, ModerationSession]:
    """A session and the moderator who asks: its owner, or one with whom it is shared.

    Raises SignInNeeded, or HTTPException 404 when it is neither.
    """
    moderator = await require_moderator(connection)
    async with parts(connection).database.reader() as db:
        session = await sessions.by_id(db, session_id) if session_id < LARGEST_SEQ else None
        if session is None or not await sessions.may_lead(db, session, int(moderator.id or 0)):
            raise HTTPException(404)
    return moderator, session


def seat_token(connection: HTTPConnection) -> str | None:
    return connection.cookies.get("seat")


async def require_seat(connection: HTTPConnection, code: str) -> tuple[ModerationSession, str]:
    """The session of a code, and the hash of the asker's seat in it. Raises SeatNeeded."""
    token = seat_token(connection)
    participant = anonymity.hash_token(token or "")
    session = await parts(connection).known_seats.look_up(code, participant)
    if session is None:
        raise SeatNeeded
    return session, participant


async def known_seat(connection: HTTPConnection, code: str) -> tuple[int, str]:
    """The id of a code's session and the hash of the asker's seat in it, from memory. Raises SeatNeeded."""
    participant = anonymity.hash_token(seat_token(connection) or "")
    session_id = await parts(connection).known_seats.session_of(code, participant)
    if session_id is None:
        raise SeatNeeded
    return session_id, participant


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "") or request.headers.get(
        "content-type", ""
    ).startswith("application/json")


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def private(response: Response) -> Response:
    """Mark an answer as for this person only, never kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


def redirect(path: str) -> RedirectResponse:
    """See other: the answer to a plain form."""
    return RedirectResponse(path, 303)
