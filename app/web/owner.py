"""Doors for the owner of the server: the settings page, and the logo it gave to everybody's screens."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app import exports
from app.commands import owner_settings as commands
from app.commands.owner_settings import OwnerFields
from app.domain.owner_settings import LARGEST_LOGO, Logo, check_logo
from app.domain.refusals import Reason, Refusal
from app.exports.press import Press
from app.exports.press_process import NotMade
from app.screens import owner_page
from app.screens.render import render
from app.store import owner_settings
from app.store.tables import Moderator
from app.web import sentences
from app.web.fields import text_field, whole_number
from app.web.guards import language_of, private, redirect, require_owner
from app.web.parts import parts
from app.web.static import FOR_EVER

router = APIRouter()


@router.get("/settings")
async def page(request: Request, saved: str = "") -> Response:
    """What the owner may choose for the whole server. Raises Refusal for other moderators."""
    return _page(request, await require_owner(request), has_saved=saved == "1")


@router.post("/settings")
async def change(request: Request) -> Response:
    """Save all of it. When refused: the page again with what was typed."""
    moderator = await require_owner(request)
    async with request.form(max_part_size=LARGEST_LOGO * 2) as form:
        try:
            fields, seq = await _fields(form, parts(request).press), whole_number(text_field(form, "seq"))
            may_delete = text_field(form, "may_delete") == text_field(form, "retention_days")
            await parts(request).writer.run(commands.change, seq=seq, fields=fields, may_delete=may_delete)
        except Refusal as refusal:
            return _page(request, moderator, refusal, form)
    async with parts(request).database.reader() as db:
        await owner_settings.refresh(db)
    return redirect("/settings?saved=1")


@router.get("/organisation/{logo_name}")
async def logo(logo_name: str) -> Response:
    """The organisation's logo, as the kind of picture it is and nothing else."""
    present = owner_settings.current().logo
    if present is None or logo_name != present.name:
        raise HTTPException(404)
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(present.content, media_type=present.media_type, headers=headers)


async def _fields(form: Any, press: Press) -> OwnerFields:
    """What the form says; a setting that the environment decides is not in it. Raises Refusal."""
    present = owner_settings.current()
    return OwnerFields(
        organisation=text_field(form, "organisation"),
        language=text_field(form, "language") or present.language,
        retention_days=text_field(form, "retention_days") or str(present.retention_days),
        texts=owner_page.own_texts({name: text_field(form, name) for name in owner_settings.TEXTS}, form),
        logo=await _logo(form, press),
        drops_logo=text_field(form, "drops_logo") == "1",
    )


async def _logo(form: Any, press: Press) -> Logo | None:
    upload = form.get("logo")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    try:
        found = check_logo(await upload.read(LARGEST_LOGO + 1))
        # A picture that the report can't draw is broken in a way its first bytes don't tell.
        if not await press.make_between(exports.LogoCheck(found)):
            raise Refusal(Reason.LOGO_NOT_READABLE)
    except NotMade:
        # So broken that the process which tried it ended.
        raise Refusal(Reason.LOGO_NOT_READABLE, field="logo") from None
    except Refusal as refusal:
        raise Refusal(refusal.reason, **{"limit": 0, **refusal.values, "field": "logo"}) from None
    return found


def _page(
    request: Request, moderator: Moderator, refusal: Refusal | None = None, form: Any = None, has_saved: bool = False
) -> Response:
    language = language_of(request)
    typed = {name: form[name] for name in form if isinstance(form[name], str)} if form is not None else {}
    values = {
        "view": owner_page.load(moderator, typed),
        "has_saved": has_saved,
        "error": sentences.sentence(refusal, language) if refusal else "",
        "wrong": refusal.values.get("field", "") if refusal else "",
        "reason": refusal.reason if refusal else "",
        # A browser never fills in a file again.
        "lost_logo": form is not None and bool(getattr(form.get("logo"), "filename", "")),
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("account/settings.html", language, **values), status))
