"""Doors of the exports: the moderator's downloads, and the report on a phone when the moderator shares it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app import exports
from app.domain.phases import Status
from app.domain.report import Report
from app.languages import LANGUAGES
from app.screens.report import build_report
from app.web.guards import language_of, private, require_own_session, require_seat
from app.web.parts import parts

router = APIRouter()


@router.get("/sessions/{session_id}/report.{format_name}")
async def download(request: Request, session_id: int, format_name: str) -> Response:
    """A session of one's own in any format, `?language=` or else the session's; of a chart one `?question=` or all."""
    await require_own_session(request, session_id)
    chosen = exports.FORMATS.get(format_name)
    question = request.query_params.get("question", "")
    if chosen is None or (question and not (chosen.of_a_question and re.fullmatch("[1-9][0-9]{0,3}", question))):
        raise HTTPException(404)
    report = await _report(request, session_id)
    number = int(question) if question else None
    return await _file(report, chosen, asked_language(request, report.language), "attachment", number)


@router.get("/s/{code}/report.pdf")
async def shared_report(request: Request, code: str) -> Response:
    """The report for participants once the session has ended, when it is shared: without the attendance list."""
    session, _participant = await require_seat(request, code)
    if not session.report_shared or session.status != Status.ENDED:
        raise HTTPException(404)
    report = replace(await _report(request, int(session.id or 0)), attendees=())
    return await _file(report, exports.FORMATS["pdf"], language_of(request), "inline")


async def _report(request: Request, session_id: int) -> Report:
    async with parts(request).database.reader() as db:
        return await build_report(db, session_id)


def asked_language(request: Request, default: str) -> str:
    """The language of `?language=`, or else the default."""
    asked = request.query_params.get("language", "")
    return asked if asked in LANGUAGES else default


async def _file(
    report: Report, chosen: exports.Format, language: str, disposition: str, question: int | None = None
) -> Response:
    try:
        told = exports.about(report, question) if question else report
    except LookupError:
        raise HTTPException(404) from None
    content = await exports.written(told, chosen, language)
    name = exports.file_name(report, chosen, question)
    return _named(Response(content, media_type=chosen.media_type), name, disposition)


def pdf(content: bytes, name: str) -> Response:
    """A PDF to look at and print, under a name to keep it by."""
    return _named(Response(content, media_type="application/pdf"), name, "inline")


def _named(answer: Response, name: str, disposition: str) -> Response:
    # Old browsers read only the plain name, which holds ASCII; all others read the encoded one.
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    answer.headers["Content-Disposition"] = f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return private(answer)
