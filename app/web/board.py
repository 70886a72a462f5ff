"""Doors of the board: each move, and the own undo and redo."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import themes
from app.domain.moves import Spot
from app.domain.refusals import Reason, Refusal
from app.web.boards import MadeOn
from app.web.control_room import answer_since, lead
from app.web.fields import chosen_statements, page_of, text_field, theme_field, whole_number
from app.web.guards import require_own_session

router = APIRouter()


@router.post("/sessions/{session_id}/statements/put")
async def put(request: Request, session_id: int) -> Response:
    """Lay the chosen statements under a theme, or back in the inbox: at the end, or `before` or `after` another."""
    form = await request.form()
    spot = Spot(text_field(form, "before") or None, text_field(form, "after") or None)
    return await _move(
        request,
        session_id,
        themes.put,
        form,
        chosen=chosen_statements(form),
        theme_id=theme_field(form),
        spot=spot,
    )


@router.post("/sessions/{session_id}/statements/hide")
async def hide(request: Request, session_id: int) -> Response:
    """Hide the chosen statements, or show them again."""
    form = await request.form()
    hidden = text_field(form, "hidden") == "1"
    return await _move(request, session_id, themes.hide, form, chosen=chosen_statements(form), hidden=hidden)


@router.post("/sessions/{session_id}/themes")
async def create_theme(request: Request, session_id: int) -> Response:
    """A new theme, with the chosen statements."""
    form = await request.form()
    name, chosen = text_field(form, "name"), chosen_statements(form)
    return await _move(request, session_id, themes.create, form, name=name, chosen=chosen)


@router.post("/sessions/{session_id}/themes/{theme_id}/rename")
async def rename_theme(request: Request, session_id: int, theme_id: int) -> Response:
    """Another name."""
    form = await request.form()
    return await _move(request, session_id, themes.rename, form, theme_id=theme_id, name=text_field(form, "name"))


@router.post("/sessions/{session_id}/themes/{theme_id}/remove")
async def remove_theme(request: Request, session_id: int, theme_id: int) -> Response:
    """Off the board; its statements go back to the inbox."""
    return await _move(request, session_id, themes.remove, await request.form(), theme_id=theme_id)


@router.post("/sessions/{session_id}/themes/{theme_id}/merge")
async def merge_theme(request: Request, session_id: int, theme_id: int) -> Response:
    """Its statements go to another theme, and it goes."""
    form = await request.form()
    into = whole_number(text_field(form, "into"))
    return await _move(request, session_id, themes.merge, form, theme_id=theme_id, into=into)


@router.post("/sessions/{session_id}/themes/{theme_id}/order")
async def order_theme(request: Request, session_id: int, theme_id: int) -> Response:
    """One place forward or back, or to any place: `before` or `after` another theme."""
    form = await request.form()
    before, behind = theme_field(form, "before"), theme_field(form, "after")
    if before is not None or behind is not None:
        spot = Spot(before, behind)
        return await _move(request, session_id, themes.order_at, form, theme_id=theme_id, spot=spot)
    steps = {"forward": -1, "back": 1}
    direction = text_field(form, "direction")
    if direction not in steps:
        raise Refusal(Reason.INPUT_MALFORMED)
    return await _move(request, session_id, themes.order, form, theme_id=theme_id, step=steps[direction])


@router.post("/sessions/{session_id}/undo")
async def undo(request: Request, session_id: int) -> Response:
    """Take back this moderator's last move."""
    form = await request.form()
    return await _move(request, session_id, themes.undo, form, answer=_answer(form))


@router.post("/sessions/{session_id}/redo")
async def redo(request: Request, session_id: int) -> Response:
    """Do again what this moderator undid last."""
    form = await request.form()
    return await _move(request, session_id, themes.redo, form, answer=_answer(form))


async def _move(request: Request, session_id: int, command: Any, form: Any, **arguments: Any) -> Response:
    """Make a move; its answer, also when it is refused, is what the board it was made on shows otherwise than it is."""
    moderator, _ = await require_own_session(request, session_id)
    page = page_of(form)
    request.state.made_on = MadeOn(page, tuple(arguments.get("chosen", ())))
    await lead(request, session_id, command, page=page, moderator_id=moderator.id, **arguments)
    return await answer_since(request, session_id, page.seq)


def _answer(form: Any) -> tuple[str, str]:
    """What somebody said to the question about a step that another's step is in the way of."""
    return text_field(form, "confirmed"), text_field(form, "instead")
