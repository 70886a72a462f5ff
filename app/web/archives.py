"""Doors for archives that come in: a file of one's own, and the two example sessions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import archive
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.exports.archive_reader import LARGEST_ARCHIVE, MEGABYTES, read
from app.exports.examples import read_examples
from app.screens.render import render
from app.store.tables import Moderator
from app.web import sentences
from app.web.guards import SignInNeeded, language_of, private, redirect, require_moderator
from app.web.parts import parts
from app.web.uploads import UploadTooLarge, throw_away, uploaded_file

router = APIRouter()
# One at a time: a file of the largest size takes a hundred megabytes of memory while it is read.
_reading = asyncio.Semaphore(1)


@dataclass(frozen=True)
class ImportView:
    """The page to open an archive on."""

    moderator: str
    is_owner: bool


@router.get("/sessions/import")
async def page(request: Request) -> Response:
    """The form by itself, which is also where a refused file ends."""
    return _page(request, await require_moderator(request))


@router.post("/sessions/import")
async def bring_in(request: Request) -> Response:
    """A new session from a file, straight on to its control room, or for a draft its agenda."""
    try:
        moderator = await require_moderator(request)
    except SignInNeeded:
        # Signed out meanwhile: the browser has to be rid of the file before it reads where to go.
        await throw_away(request.stream())
        raise
    try:
        report = await _read(request)
        made = await parts(request).writer.run(archive.bring_in, moderator_id=moderator.id, report=report)
    except Refusal as refusal:
        return _page(request, moderator, refusal)
    return redirect(f"/sessions/{made.session_id}/{'agenda' if made.is_draft else 'control-room'}")


@router.post("/sessions/examples")
async def load_examples(request: Request) -> Response:
    """The two real sessions of 2005, for a moderator who has none yet."""
    moderator = await require_moderator(request)
    examples = await asyncio.to_thread(read_examples)
    await parts(request).writer.run(archive.load_examples, moderator_id=moderator.id, reports=examples)
    return redirect("/sessions")


async def _read(request: Request) -> Report:
    try:
        content = await uploaded_file(request, "file", LARGEST_ARCHIVE)
    except UploadTooLarge:
        raise Refusal(Reason.ARCHIVE_TOO_LARGE, limit=MEGABYTES) from None
    if not content:
        raise Refusal(Reason.TEXT_MISSING)
    async with _reading:
        # In a thread, so that nobody's statement waits for it.
        return await asyncio.to_thread(read, content)


def _page(request: Request, moderator: Moderator, refusal: Refusal | None = None) -> Response:
    language = language_of(request)
    error = sentences.sentence(refusal, language) if refusal else ""
    status = sentences.status_of(refusal) if refusal else 200
    view = ImportView(moderator.name, moderator.is_owner)
    return private(HTMLResponse(render("dashboard/import_page.html", language, view=view, error=error), status))
