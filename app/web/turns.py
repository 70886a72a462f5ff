"""Doors for what was not planned: a question in between, a typo, skipping, and the door of the room itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import sessions, turns
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.screens.render import N_, translate
from app.web.control_room import answer, lead
from app.web.fields import page_of, text_field, whole_number
from app.web.guards import language_of, require_own_session

router = APIRouter()
WAYS = {"vote": WITH_VOTE, "no_vote": WITHOUT_VOTE, "collect": (Phase.COLLECT, Phase.RESULT)}
PASSED_OVER = N_("It is skipped now. You can ask it after all.")
ASKED_AFTER_ALL = N_("It is on the agenda again.")
DOOR_OPENED = N_("The door is open: new participants can join.")
DOOR_CLOSED = N_("The door is closed: nobody new can join. Whoever is in comes and goes as before.")
ADDED_NEXT = N_("It is on the agenda now as question %(number)s, right after this.")
ADDED_FIRST = N_("It is on the agenda now as question %(number)s, the first to come.")


@router.post("/sessions/{session_id}/question-in-between")
async def add_between(request: Request, session_id: int) -> Response:
    """An unplanned question; says where it stands."""
    await require_own_session(request, session_id)
    form = await request.form()
    way = text_field(form, "way")
    if way not in WAYS:
        raise Refusal(Reason.INPUT_MALFORMED)
    settings = QuestionSettings(text_field(form, "text"), phases=WAYS[way], budget=None)
    page = page_of(form)
    number = await lead(request, session_id, turns.add_between, page=page, settings=settings)
    said = ADDED_NEXT if page.question_id is not None else ADDED_FIRST
    return await answer(request, session_id, translate(language_of(request), said, number=number))


@router.post("/sessions/{session_id}/question-text")
async def correct_text(request: Request, session_id: int) -> Response:
    """A typo in the current question."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, turns.correct_text, page=page_of(form), text=text_field(form, "text"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/questions/{question_id}/skip")
async def pass_over(request: Request, session_id: int, question_id: int) -> Response:
    """Pass over a question that has not had its turn, or ask it after all."""
    await require_own_session(request, session_id)
    form = await request.form()
    skipped, seq = text_field(form, "skipped") == "1", whole_number(text_field(form, "seq"))
    await lead(request, session_id, turns.pass_over, question_id=question_id, skipped=skipped, seq=seq)
    said = PASSED_OVER if skipped else ASKED_AFTER_ALL
    return await answer(request, session_id, translate(language_of(request), said))


@router.post("/sessions/{session_id}/skip")
async def cut_short(request: Request, session_id: int) -> Response:
    """Skip the rest of the current question."""
    await require_own_session(request, session_id)
    form = await request.form()
    confirmed = text_field(form, "confirmed")
    await lead(request, session_id, turns.cut_short, page=page_of(form), confirmed=confirmed)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/door")
async def set_door(request: Request, session_id: int) -> Response:
    """Let new participants in, or no longer."""
    await require_own_session(request, session_id)
    is_open = text_field(await request.form(), "is_open") == "1"
    await lead(request, session_id, sessions.set_door, is_open=is_open)
    said = DOOR_OPENED if is_open else DOOR_CLOSED
    return await answer(request, session_id, translate(language_of(request), said))
