"""Doors of what a group still has to do from its earlier sessions, while the next one is prepared."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import actions, carrying
from app.domain.actions import ActionStatus
from app.screens import action_list, refresh
from app.screens.render import N_, render, translate, translations
from app.web.fields import text_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts

router = APIRouter()
DONE = N_("Done: %(action)s. It can be opened again on the action list of that session.")
GONE = N_("That was no longer open, so nothing was changed.")


@router.post("/sessions/{session_id}/earlier-actions")
async def take_along(request: Request, session_id: int) -> Response:
    """Carry what was left to be done into this session: one item, or all that are shown."""
    moderator, _ = await require_own_session(request, session_id)
    chosen = [whole_number(value) for value in (await request.form()).getlist("action")]
    asked = {"moderator_id": int(moderator.id or 0), "chosen": chosen}
    taken = await parts(request).writer.run(carrying.take_along, session_id, **asked)
    language = language_of(request)
    words = translations(language).ngettext(
        "%(num)s action goes along: it is on the action list of this session.",
        "%(num)s actions go along: they are on the action list of this session.",
        taken,
    )
    return await _answer(request, session_id, words % {"num": taken} if taken else translate(language, GONE))


@router.post("/sessions/{session_id}/earlier-actions/done")
async def done(request: Request, session_id: int) -> Response:
    """What was left to be done is done; written in the session it comes from, whose screens hear of it."""
    moderator, _ = await require_own_session(request, session_id)
    action_id = whole_number(text_field(await request.form(), "action"))
    async with parts(request).database.reader() as db:
        view = await action_list.load_earlier(db, session_id, int(moderator.id or 0))
    language = language_of(request)
    item = next((row for row in view.rows if row.id == action_id), None)
    if item is None:
        return await _answer(request, session_id, translate(language, GONE))
    asked = {"action_id": action_id, "status": ActionStatus.DONE}
    await parts(request).writer.run(actions.set_status, item.session, **asked)
    return await _answer(request, session_id, translate(language, DONE, action=item.text))


async def _answer(request: Request, session_id: int, message: str) -> Response:
    moderator, _ = await require_own_session(request, session_id)
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/agenda#earlier-actions")
    async with parts(request).database.reader() as db:
        view = await action_list.load_earlier(db, session_id, int(moderator.id or 0))
    language = language_of(request)
    link = render("dashboard/earlier_link.html", language, earlier=view)
    piece = render("dashboard/earlier_actions.html", language, earlier=view, message=message)
    return private(HTMLResponse(refresh.push(view.seq, [link, piece])))
