"""Whether the server is up."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from app.web.parts import parts

router = APIRouter()


@router.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> Response:
    """200 while the database answers."""
    await parts(request).database.answer()
    return PlainTextResponse("ok")
