"""The door of points counted by hand, beside the result of a vote."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import hand_counts
from app.domain.hand_counts import Entry, read_points
from app.screens.render import N_, translate
from app.web.control_room import answer, lead
from app.web.fields import text_field, whole_number
from app.web.guards import language_of, require_own_session

router = APIRouter()
SAVED = N_("The points counted by hand are saved. They stand beside the points of the ballots.")
# The theme, and what stood there: in the field's own name, so that the two stay together whatever a push redraws.
_FIELD = re.compile(r"count-([0-9]{1,15})-([0-9]{0,6})")


@router.post("/sessions/{session_id}/hand-counts")
async def enter(request: Request, session_id: int) -> Response:
    """Points per theme of one round; an empty field takes a count away."""
    await require_own_session(request, session_id)
    form = await request.form()
    changed = await lead(
        request,
        session_id,
        hand_counts.enter,
        round_id=whole_number(text_field(form, "round")),
        entries=_entries(form),
        confirmed=text_field(form, "confirmed"),
    )
    return await answer(request, session_id, translate(language_of(request), SAVED) if changed else "")


def _entries(form: Any) -> list[Entry]:
    """The fields of the form. Raises Refusal for what is no number of points."""
    named = {name: match for name in form if (match := _FIELD.fullmatch(name))}
    return [
        Entry(int(match[1]), read_points(text_field(form, name)), int(match[2]) if match[2] else None)
        for name, match in named.items()
    ]
