"""The door of points counted by hand, beside the result of a vote."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import hand_counts
from app.domain.hand_counts import Entry, read_points
from app.domain.refusals import Reason, Refusal
from app.screens import control_room, refresh
from app.screens.control_room_view import ControlRoomView, TypedCounts
from app.screens.render import N_, render, translate
from app.web import sentences
from app.web.control_room import answer, lead
from app.web.fields import text_field, whole_number
from app.web.guards import is_htmx, language_of, private, require_moderator, require_own_session
from app.web.parts import parts

router = APIRouter()
SAVED = N_("The points counted by hand are saved. They stand beside the points of the ballots.")
# The theme, and what stood there: in the field's own name, so that the two stay together whatever a push redraws.
_FIELD = re.compile(r"count-([0-9]{1,15})-([0-9]{0,6})")


@dataclass(frozen=True)
class _Field:
    """One field of the form, as it came in."""

    theme: int
    stood: str
    text: str

    def points(self) -> int | None:
        return read_points(self.text)

    @property
    def is_wrong(self) -> bool:
        try:
            self.points()
        except Refusal:
            return True
        return False


@router.post("/sessions/{session_id}/hand-counts")
async def enter(request: Request, session_id: int) -> Response:
    """Points per theme of one round; an empty field takes a count away."""
    await require_own_session(request, session_id)
    form = await request.form()
    round_id, fields = whole_number(text_field(form, "round")), list(_fields(form))
    try:
        entries = [Entry(one.theme, one.points(), int(one.stood) if one.stood else None) for one in fields]
    except Refusal as refusal:
        return await _typed_again(request, session_id, refusal, _typed(round_id, fields))
    asked = {"round_id": round_id, "entries": entries, "confirmed": text_field(form, "confirmed")}
    changed = await lead(request, session_id, hand_counts.enter, **asked)
    return await answer(request, session_id, translate(language_of(request), SAVED) if changed else "")


def _fields(form: Any) -> Iterator[_Field]:
    for name in form:
        if match := _FIELD.fullmatch(name):
            yield _Field(int(match[1]), match[2], text_field(form, name))


def _typed(round_id: int, fields: list[_Field]) -> TypedCounts:
    changed = {one.theme: (one.stood, one.text) for one in fields if one.text.strip() != one.stood}
    return TypedCounts(round_id, changed, frozenset(one.theme for one in fields if one.is_wrong))


async def _typed_again(request: Request, session_id: int, refusal: Refusal, typed: TypedCounts) -> Response:
    """The form as it was typed, with what is wrong said at its field. Raises Refusal where the page has moved on."""
    moderator, language = await require_moderator(request), language_of(request)
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await control_room.load(db, session_id, await room.presence_now(db))
    if typed.round not in view.counted_rounds:
        raise Refusal(Reason.PAGE_IS_STALE)
    status, message = sentences.status_of(refusal), sentences.sentence(refusal, language)
    if is_htmx(request):
        pushed = _pushed(dataclasses.replace(view, typed_counts=typed), language, message)
        return private(HTMLResponse(pushed, status))
    view = dataclasses.replace(view, typed_counts=dataclasses.replace(typed, message=message))
    page = render("control_room/page.html", language, view=view, confirm=None, moderator=moderator.id)
    return private(HTMLResponse(page, status))


def _pushed(view: ControlRoomView, language: str, message: str) -> str:
    screen = [render(template, language, view=view) for template in control_room.FRAGMENTS.values()]
    notice = render("shared/notice.html", language, message=message, kind="error")
    return refresh.push(view.seq, screen) + refresh.push(0, [notice])
