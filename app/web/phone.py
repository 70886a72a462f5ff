"""Doors of the phone: every act is idempotent, so that it may be repeated until its answer is heard."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.commands import ballots, statements
from app.commands.run import Overloaded, StorageFailed
from app.domain import anonymity
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.screens import phone
from app.screens.render import N_, render, translate
from app.store import ballots as stored_ballots
from app.store import questions
from app.web import seats
from app.web.control_room import whole_since
from app.web.guards import (
    language_of,
    private,
    read_json,
    redirect,
    require_seat,
    retry_after,
    seat_token,
    text_field,
    wants_json,
    whole_number,
    words_for,
)
from app.web.parts import parts

router = APIRouter()
ALONE = N_(
    "Sent, and kept apart: collecting has closed. It comes in together with other late statements. "
    "If no others follow, it comes in alone when voting starts. Until then you can take it back."
)
SOON_ALONE = N_(
    "Sent, and kept apart: collecting has closed. It comes in together with other late statements, "
    "or alone within a minute. Until then you can take it back."
)
STATUS = {"stored": 201, "held": 202, "stands": 200}


@router.get("/s/{code}")
async def page(request: Request, code: str) -> Response:
    """The phone as it stands now; the same for everybody."""
    session, _ = await require_seat(request, code)
    session_id = int(session.id or 0)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await phone.load(db, session_id, await room.presence_now(db))
    here = {"place": seats.place_of(request), "seat": seats.address(request, code)}
    return private(HTMLResponse(render("phone/page.html", language_of(request), view=view, **here)))


@router.get("/s/{code}/screen")
async def screen(request: Request, code: str, since: str = "") -> Response:
    """What is new since a seq, for a phone whose socket is blocked: 204 when nothing."""
    session, participant = await require_seat(request, code)
    room = parts(request).rooms.of(int(session.id or 0))
    room.presence.polled(participant)
    return await whole_since(room, "phone", language_of(request), since)


@router.post("/s/{code}/statements")
async def submit(request: Request, code: str) -> Response:
    """Store a statement or a newer revision of one: 201 stored, 202 held as a late one, 200 something newer stands."""
    session, participant = await require_seat(request, code)
    if not wants_json(request):
        return await _submit_plain(request, code, int(session.id or 0), participant)
    body = await read_json(request)
    done = await _store(request, int(session.id or 0), participant, body)
    if done["status"] == "held":
        alone = await _when_alone(request, int(session.id or 0), whole_number(body.get("question")))
        done = {**done, "alone": translate(language_of(request), alone)}
    return private(JSONResponse(done, STATUS[done["status"]]))


@router.post("/s/{code}/statements/retract")
async def retract(request: Request, code: str) -> Response:
    """Take a statement back."""
    session, participant = await require_seat(request, code)
    body = await read_json(request)
    own = {"participant": participant, "receipt": body.get("receipt"), "revision": body.get("revision")}
    done = await parts(request).writer.run(statements.retract, session.id, **own)
    return private(JSONResponse(done))


@router.post("/s/{code}/allocation")
async def allocate(request: Request, code: str) -> Response:
    """Give points: the whole allocation. The answer is what stands now, for this participant only."""
    session, _ = await require_seat(request, code)
    body = await read_json(request)
    round_id = whole_number(body.get("round"))
    done = await parts(request).writer.run(
        ballots.allocate,
        session.id,
        voter_key=anonymity.voter_key(str(seat_token(request)), round_id),
        round_id=round_id,
        revision=body.get("revision"),
        points=body.get("points"),
    )
    return private(JSONResponse(done))


@router.get("/s/{code}/allocation")
async def own_allocation(request: Request, code: str) -> Response:
    """The own allocation in an open round and whether one is ready, so that another tab or device of the same seat
    shows it; after the close nobody can tell it."""
    session, participant = await require_seat(request, code)
    round_id = whole_number(request.query_params.get("round"))
    async with parts(request).database.reader() as db:
        vote = await questions.round_by_id(db, int(session.id or 0), round_id)
        if vote is None:
            raise Refusal(Reason.VOTE_NOT_OPEN)
        key = anonymity.voter_key(str(seat_token(request)), round_id)
        ballot = None if vote.closed else await stored_ballots.own(db, round_id, key)
    own = {"revision": ballot.revision, "points": ballot.points} if ballot else {"revision": 0, "points": {}}
    presence = parts(request).rooms.of(int(session.id or 0)).presence
    ready = None if vote.closed else presence.is_ready(round_id, participant)
    return private(JSONResponse({**own, "ready": ready}))


@router.post("/s/{code}/presence")
async def tell_presence(request: Request, code: str) -> Response:
    """Whether this participant has submitted and is ready: kept in memory, told again after a restart."""
    session, participant = await require_seat(request, code)
    body = await read_json(request)
    presence = parts(request).rooms.of(int(session.id or 0)).presence
    async with parts(request).database.reader() as db:
        if body.get("submitted") is True:
            question = await questions.by_id(db, int(session.id or 0), whole_number(body.get("question")))
            if question is None:
                raise Refusal(Reason.QUESTION_UNKNOWN)
            presence.submitted(int(question.id or 0), participant)
        if isinstance(body.get("ready"), bool) and body.get("round") is not None:
            vote = await questions.round_by_id(db, int(session.id or 0), whole_number(body["round"]))
            # Told again after the close, it changes nothing any more.
            if vote is not None and not vote.closed:
                presence.ready(int(vote.id or 0), participant, body["ready"])
    return private(Response(status_code=204))


async def _store(request: Request, session_id: int, participant: str, body: dict[str, Any]) -> dict[str, Any]:
    question_id = whole_number(body.get("question"))
    done: dict[str, Any] = await parts(request).writer.run(
        statements.submit,
        session_id,
        participant=participant,
        question_id=question_id,
        receipt=body.get("receipt"),
        revision=body.get("revision"),
        text=_text(body),
        theme_id=whole_number(body["theme"]) if body.get("theme") else None,
    )
    parts(request).rooms.of(session_id).presence.submitted(question_id, participant)
    return done


async def _submit_plain(request: Request, code: str, session_id: int, participant: str) -> Response:
    """Sent before the scripts had arrived: the server makes the receipt, and gives back a text it can't take."""
    form = await request.form()
    written = {name: text_field(form, name) for name in ("question", "theme", "text")}
    try:
        await _store(request, session_id, participant, {**written, "receipt": secrets.token_hex(16), "revision": 1})
    except (Refusal, Overloaded, StorageFailed) as no:
        language = language_of(request)
        status, message = words_for(no, language)
        page = render("phone/send_again.html", language, code=code, written=written, message=message)
        return private(HTMLResponse(page, status, retry_after(no)))
    return redirect(seats.address(request, code))


async def _when_alone(request: Request, session_id: int, question_id: int) -> str:
    """When a late statement comes in if nobody else is late."""
    async with parts(request).database.reader() as db:
        question = await questions.by_id(db, session_id, question_id)
    return SOON_ALONE if question is not None and question.phase in (Phase.VOTE, Phase.RESULT) else ALONE


def _text(body: dict[str, Any]) -> str:
    text = body.get("text")
    if not isinstance(text, str):
        raise Refusal(Reason.INPUT_MALFORMED)
    return text
