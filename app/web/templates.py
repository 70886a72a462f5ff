"""Doors of the templates: reading them all, and changing, sharing and removing one's own."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import templates
from app.domain.refusals import Refusal
from app.domain.templates import TemplateFields
from app.screens import templates as screen
from app.screens.render import render
from app.store.tables import Moderator
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect, require_moderator
from app.web.parts import parts

router = APIRouter()


@router.get("/templates")
async def page(request: Request) -> Response:
    """All templates this moderator may begin with, with their scripts."""
    return await _page(request, await require_moderator(request))


@router.post("/templates/{template_id}")
async def change(request: Request, template_id: int) -> Response:
    """Another name, script or sharing for one's own."""
    moderator = await require_moderator(request)
    form = await request.form()
    try:
        await parts(request).writer.run(
            templates.change,
            moderator_id=moderator.id,
            template_id=template_id,
            fields=template_fields(form),
            mark=text_field(form, "mark"),
        )
    except Refusal as refusal:
        return await _page(request, moderator, refusal, template_id, form)
    return redirect(f"/templates#template-{template_id}")


@router.post("/templates/{template_id}/remove")
async def remove(request: Request, template_id: int) -> Response:
    """One's own, away."""
    moderator = await require_moderator(request)
    try:
        await parts(request).writer.run(templates.remove, moderator_id=moderator.id, template_id=template_id)
    except Refusal as refusal:
        return await _page(request, moderator, refusal)
    return redirect("/templates")


def template_fields(form: Any) -> TemplateFields:
    """What the form says of a template."""
    return TemplateFields(text_field(form, "name"), text_field(form, "script"), text_field(form, "shared") == "1")


async def _page(
    request: Request, moderator: Moderator, refusal: Refusal | None = None, template_id: int = 0, form: Any = None
) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        cards = await screen.cards(db, int(moderator.id or 0), language)
    values = {
        "view": moderator_view(moderator),
        "templates": cards,
        "error": sentences.sentence(refusal, language) if refusal else "",
        "refused": template_id,
        "typed": {name: text_field(form, name) for name in ("name", "script", "shared")} if form else {},
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("dashboard/templates.html", language, **values), status))


def moderator_view(moderator: Moderator) -> dict[str, str | bool]:
    """What the bar on top of the page shows."""
    return {"moderator": moderator.name, "is_owner": moderator.is_owner}
