"""Doors of stacks: taking one apart, and stacking again what was taken apart."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import stacks
from app.web.control_room import answer, lead
from app.web.fields import chosen_statements, page_of
from app.web.guards import require_own_session

router = APIRouter()


@router.post("/sessions/{session_id}/stacks/apart")
async def take_apart(request: Request, session_id: int) -> Response:
    """Show the statements of a stack one by one from now on."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, stacks.take_apart, page=page_of(form), chosen=chosen_statements(form))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/stacks/again")
async def stack_again(request: Request, session_id: int) -> Response:
    """Stack again whatever was taken apart on the question that is being grouped."""
    await require_own_session(request, session_id)
    await lead(request, session_id, stacks.stack_again, page=page_of(await request.form()))
    return await answer(request, session_id)
