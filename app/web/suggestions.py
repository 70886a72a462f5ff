"""Doors of the suggestions on the board: a yes, which is a move like any other, and a no, which is remembered."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import suggestions, themes
from app.domain.refusals import Reason, Refusal
from app.web.boards import MadeOn
from app.web.control_room import answer_since, lead
from app.web.fields import chosen_statements, page_of, text_field, theme_field
from app.web.guards import require_own_session

router = APIRouter()


@router.post("/sessions/{session_id}/suggestions/accept")
async def accept(request: Request, session_id: int) -> Response:
    """Take over what is ticked of a suggestion: under its theme, or else as a new theme with the name in the form.

    What was unticked of a theme's suggestion is not suggested for it again.
    """
    moderator, _ = await require_own_session(request, session_id)
    form = await request.form()
    page, theme, taken = page_of(form), theme_field(form), chosen_statements(form, "taken")
    if theme is None and not taken:
        raise Refusal(Reason.NO_STATEMENTS_CHOSEN)
    request.state.made_on = MadeOn(page, tuple(taken))
    move: dict[str, Any] = {"page": page, "moderator_id": moderator.id, "chosen": taken, "suggested": True}
    if theme is None:
        await lead(request, session_id, themes.create, name=text_field(form, "name"), **move)
        return await answer_since(request, session_id, page.seq)
    await lead(request, session_id, themes.put, theme_id=theme, **move)
    if left_out := [key for key in chosen_statements(form, "offered") if key not in taken]:
        await lead(request, session_id, suggestions.ignore, page=page, chosen=left_out, theme_id=theme)
    return await answer_since(request, session_id, page.seq)


@router.post("/sessions/{session_id}/suggestions/ignore")
async def ignore(request: Request, session_id: int) -> Response:
    """Suggest this theme (or, for none, this group) for these statements no more."""
    await require_own_session(request, session_id)
    form = await request.form()
    page, about = page_of(form), [*chosen_statements(form), *chosen_statements(form, "offered")]
    await lead(request, session_id, suggestions.ignore, page=page, chosen=about, theme_id=theme_field(form))
    return await answer_since(request, session_id, page.seq)
