"""Doors of the exports: the moderator's downloads, and the report on a phone when the moderator shares it."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from app import exports
from app.domain.phases import Status
from app.exports.press import Job
from app.exports.press_process import NotMade, TookTooLong
from app.exports.press_worker import Wanted
from app.languages import LANGUAGES
from app.screens import downloads as screen
from app.screens.render import N_, render, translate
from app.screens.report import build_report
from app.store import owner_settings
from app.store.tables import ModerationSession
from app.web.guards import language_of, private, redirect, require_own_session, require_seat
from app.web.parts import parts
from app.web.refused import say

router = APIRouter()
PURPOSES = {
    exports.Purpose.READ: N_("To read and to print"),
    exports.Purpose.WRITE: N_("To go on writing"),
    exports.Purpose.COUNT: N_("For a spreadsheet"),
    exports.Purpose.SHOW: N_("For slides"),
    exports.Purpose.AGREED: N_("What was agreed"),
    exports.Purpose.KEEP: N_("To keep and to open again"),
}
# Nearly every file is there by then; for another one a page shows how far it is.
PATIENCE_SECONDS = 3.0
LONGEST_WAIT_SECONDS = 120.0
NOT_MADE = N_(
    "This report could not be made just now. Nothing is lost: everything that was sent in is kept. Try again, or"
    " take the table (csv) or the archive (json)."
)
TOO_LARGE = N_(
    "This session holds more than this kind of file can be made of in a minute. Nothing is lost: everything that was"
    " sent in is kept. Take another kind of file: the spreadsheet (xlsx), the table (csv) and the archive (json) are"
    " made much faster."
)


@router.get("/sessions/{session_id}/report.{format_name}")
async def download(request: Request, session_id: int, format_name: str) -> Response:
    """A session of one's own in any format, in `?language=` or else its own; of a picture `?question=`, or all."""
    _moderator, session = await require_own_session(request, session_id)
    if format_name not in exports.FORMATS:
        raise HTTPException(404)
    chosen, language = exports.FORMATS[format_name], asked_language(request, session.language)
    question = await _asked_question(request, session_id, chosen)
    if not chosen.aside:
        async with parts(request).database.reader() as db:
            report = await build_report(db, session_id)
        told = report if question is None else exports.about(report, question)
        return _file(await exports.written(told, chosen, language), session, chosen, "attachment", question)
    job = _ordered(request, session, chosen, language, question=question)
    if await job.within(PATIENCE_SECONDS):
        return await made(request, session, job, "attachment")
    return redirect(f"/sessions/{session_id}/reports/{job.token}")


@router.get("/sessions/{session_id}/downloads")
async def page(request: Request, session_id: int) -> Response:
    """All kinds of files there are of a session, each in the languages there are."""
    moderator, session = await require_own_session(request, session_id)
    async with parts(request).database.reader() as db:
        view = await screen.load(db, session, moderator)
    language = language_of(request)
    groups = [
        (translate(language, heading), formats)
        for purpose, heading in PURPOSES.items()
        if (formats := [one for one in exports.FORMATS.values() if one.purpose == purpose])
    ]
    return private(HTMLResponse(render("dashboard/downloads.html", language, view=view, groups=groups)))


@router.get("/s/{code}/report.pdf")
async def shared_report(request: Request, code: str) -> Response:
    """The report for participants once the session has ended, when it is shared: without the attendance list."""
    session, _participant = await require_seat(request, code)
    if not session.report_shared or session.status != Status.ENDED:
        raise HTTPException(404)
    job = _ordered(request, session, exports.FORMATS["pdf"], language_of(request), with_attendees=False)
    return await made(request, session, job, "inline")


async def _asked_question(request: Request, session_id: int, chosen: exports.Format) -> int | None:
    """The number in `?question=`; None for the whole session. Raises 404 where there is none, or no picture of one."""
    asked = request.query_params.get("question", "")
    if not asked:
        return None
    if not (chosen.of_a_question and re.fullmatch("[1-9][0-9]{0,3}", asked)):
        raise HTTPException(404)
    async with parts(request).database.reader() as db:
        if not await screen.has_question(db, session_id, int(asked)):
            raise HTTPException(404)
    return int(asked)


def _ordered(
    request: Request,
    session: ModerationSession,
    chosen: exports.Format,
    language: str,
    with_attendees: bool = True,
    question: int | None = None,
) -> Job:
    """The job of the press for this file. What participants send raises the seq; all else the writer counts."""
    own = parts(request)
    named = owner_settings.current()
    wanted = Wanted(chosen.write, own.database.path, int(session.id or 0), language, named, with_attendees, question)
    return own.press.order(chosen, wanted, (session.seq, own.writer.changes_of[session.id]))


def asked_language(request: Request, default: str) -> str:
    """The language of `?language=`, or else the default."""
    asked = request.query_params.get("language", "")
    return asked if asked in LANGUAGES else default


async def made(request: Request, session: ModerationSession, job: Job, disposition: str) -> Response:
    """The file of a job as soon as it is there, or the sentence that it could not be made."""
    await job.within(LONGEST_WAIT_SECONDS)
    try:
        return _file(job.made.result(), session, job.chosen, disposition, job.wanted.question)
    except (NotMade, asyncio.CancelledError, asyncio.InvalidStateError) as error:
        return await say(request, 503, why_not_made(error, language_of(request)), "not_made")


def why_not_made(error: BaseException, language: str) -> str:
    """What somebody who waited for a file is told: what is kept, and what to do now."""
    return translate(language, TOO_LARGE if isinstance(error, TookTooLong) else NOT_MADE)


def _file(
    content: bytes, session: ModerationSession, chosen: exports.Format, disposition: str, question: int | None = None
) -> Response:
    called, ending = session.group_name or session.title, exports.ending_of(chosen, question)
    name = exports.file_name_of(session.held_on, called, ending)
    return _named(Response(content, media_type=chosen.media_type), name, disposition)


def pdf(content: bytes, name: str) -> Response:
    """A PDF to look at and print, under a name to keep it by."""
    return _named(Response(content, media_type="application/pdf"), name, "inline")


def _named(answer: Response, name: str, disposition: str) -> Response:
    # Old browsers read only the plain name, which holds ASCII; all others read the encoded one.
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    answer.headers["Content-Disposition"] = f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return private(answer)
