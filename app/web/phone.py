"""Doors of the phone: every act is idempotent, so that it may be repeated until its answer is heard."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.commands import statements
from app.domain import anonymity
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.screens.render import N_, translate
from app.store import ballots as stored_ballots
from app.store import questions
from app.web import plain, seats
from app.web.fields import read_json, whole_number
from app.web.guards import known_seat, language_of, private, redirect, seat_token, wants_json
from app.web.parts import parts
from app.web.phone_page import page_of
from app.web.polling import whole_since
from app.web.same_length import SameLength
from app.web.writing import store_allocation, store_statement, tell_ready

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
async def page(request: Request, code: str, said: str = "") -> Response:
    """The phone as it stands now; `said` names what a plain form that led here did."""
    session_id, participant = await known_seat(request, code)
    shown = await parts(request).phones.of(session_id)
    return await page_of(request, shown, participant, plain.said(request, said))


@router.get("/s/{code}/screen")
async def screen(request: Request, code: str, since: str = "") -> Response:
    """What is new since a seq, for a phone whose socket is blocked: 204 when nothing."""
    session_id, participant = await known_seat(request, code)
    room = parts(request).rooms.of(session_id)
    room.presence.polled(participant)
    return await whole_since(room, "phone", language_of(request), since)


@router.post("/s/{code}/statements")
async def submit(request: Request, code: str) -> Response:
    """Store a statement or a newer revision of one: 201 stored, 202 held as a late one, 200 something newer stands."""
    if not wants_json(request):
        return await plain.submit(request, code)
    session_id, participant = await known_seat(request, code)
    body = await read_json(request)
    done = await store_statement(request, session_id, participant, body)
    if done["status"] == "held":
        alone = await _when_alone(request, session_id, whole_number(body.get("question")))
        done = {**done, "alone": translate(language_of(request), alone)}
    return private(JSONResponse(done, STATUS[done["status"]]))


@router.post("/s/{code}/statements/retract")
async def retract(request: Request, code: str) -> Response:
    """Take a statement back."""
    session_id, participant = await known_seat(request, code)
    body = await read_json(request)
    done = await parts(request).writer.run(
        statements.retract,
        session_id,
        participant=participant,
        receipt=body.get("receipt"),
        revision=body.get("revision"),
        question_id=whole_number(body["question"]) if body.get("question") else None,
    )
    return private(JSONResponse(done))


@router.post("/s/{code}/allocation")
async def allocate(request: Request, code: str) -> Response:
    """Give points: the whole allocation. The answer is what stands now, for this participant only."""
    if not wants_json(request):
        return await plain.allocate(request, code)
    session_id, _ = await known_seat(request, code)
    body = await read_json(request)
    round_id = whole_number(body.get("round"))
    given = (body.get("revision"), body.get("points"), body.get("secret"))
    done = await store_allocation(request, session_id, round_id, *given)
    return private(SameLength(done))


@router.get("/s/{code}/allocation")
async def own_allocation(request: Request, code: str) -> Response:
    """The own allocation in an open round and whether one is ready, so that another tab or device of the same seat
    shows it; after the close nobody can tell it. A code is not told here, where nobody shows the secret."""
    session_id, participant = await known_seat(request, code)
    if "round" not in request.query_params:
        # Somebody loads the address of a plain form again.
        return redirect(seats.address(request, code))
    round_id = whole_number(request.query_params.get("round"))
    async with parts(request).database.reader() as db:
        vote = await questions.round_by_id(db, session_id, round_id)
        if vote is None:
            raise Refusal(Reason.VOTE_NOT_OPEN)
        key = anonymity.voter_key(str(seat_token(request)), round_id)
        ballot = None if vote.closed else await stored_ballots.own(db, round_id, key)
    own = {"revision": ballot.revision, "points": ballot.points} if ballot else {"revision": 0, "points": {}}
    presence = parts(request).rooms.of(session_id).presence
    ready = None if vote.closed else presence.is_ready(round_id, participant)
    return private(SameLength({**own, "ready": ready}))


@router.post("/s/{code}/presence")
async def tell_presence(request: Request, code: str) -> Response:
    """Whether this participant has submitted, is ready, and is typing: kept in memory, told again after a restart."""
    session_id, participant = await known_seat(request, code)
    body = await read_json(request)
    presence = parts(request).rooms.of(session_id).presence
    has_submitted, is_typing = body.get("submitted") is True, body.get("typing")
    if has_submitted or isinstance(is_typing, bool):
        async with parts(request).database.reader() as db:
            question = await questions.by_id(db, session_id, whole_number(body.get("question")))
        if question is None:
            raise Refusal(Reason.QUESTION_UNKNOWN)
        if has_submitted:
            presence.submitted(int(question.id or 0), participant)
        if isinstance(is_typing, bool):
            presence.types(int(question.id or 0), participant, is_typing)
    if isinstance(body.get("ready"), bool) and body.get("round") is not None:
        round_id = whole_number(body["round"])
        await tell_ready(request, session_id, participant, round_id, body["ready"])
    return private(Response(status_code=204))


# Where hundreds come at once.
HOT_DOORS = {"/statements": submit, "/allocation": allocate}


async def _when_alone(request: Request, session_id: int, question_id: int) -> str:
    """When a late statement comes in if nobody else is late."""
    async with parts(request).database.reader() as db:
        question = await questions.by_id(db, session_id, question_id)
    return SOON_ALONE if question is not None and question.phase in (Phase.VOTE, Phase.RESULT) else ALONE
