"""Whether the server is up and can store: for who watches over it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from app.web.parts import parts
from app.web.refused import RETRY_AFTER

router = APIRouter()


@router.get("/healthz", include_in_schema=False)
async def healthz(request: Request) -> Response:
    """200 while the database answers and takes what is written, else 503 with one line that says what is wrong."""
    own = parts(request)
    if own.writer.is_stopping:
        return PlainTextResponse("the server stops", 503, RETRY_AFTER)
    try:
        await own.database.answer()
    except SQLAlchemyError as error:
        trouble = await own.writer.storing.failed(error)
        return PlainTextResponse(f"nothing can be read: {trouble or 'the database does not answer'}", 503, RETRY_AFTER)
    if own.writer.storing.trouble:
        return PlainTextResponse(f"nothing can be stored: {own.writer.storing.trouble}", 503, RETRY_AFTER)
    return PlainTextResponse("ok")
