"""Doors of a moderator's own account: who I am here, another password, signed out everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import accounts
from app.commands.passwords import hash_password, is_right
from app.domain import anonymity
from app.domain.passwords import SHORTEST_PASSWORD, check_password
from app.domain.refusals import Reason, Refusal
from app.screens.render import render
from app.store import people
from app.store.tables import Moderator
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import language_of, private, redirect, require_moderator, sign_in_token
from app.web.parts import parts
from app.web.sign_in import known_browser, signed_out

router = APIRouter()


@dataclass(frozen=True)
class AccountView:
    """A moderator's own account."""

    moderator: str
    email: str
    is_owner: bool
    browsers: int
    shortest_password: int = SHORTEST_PASSWORD


@router.get("/account")
async def page(request: Request, changed: str = "") -> Response:
    """Name, address, password, and in how many browsers this account is signed in."""
    return await _page(request, await require_moderator(request), has_changed=changed == "1")


@router.post("/account/password")
async def change_password(request: Request) -> Response:
    """Another password, by showing the present one; other browsers are signed out."""
    moderator = await require_moderator(request)
    form = await request.form()
    present, password = text_field(form, "present"), text_field(form, "password")
    token_hash = anonymity.hash_token(str(sign_in_token(request)))
    try:
        check_password(password)
        # By sign-in: whoever sits at a browser left open guesses no faster than a stranger.
        await parts(request).attempts.begin("", "", token_hash)
        if not await is_right(present, moderator.password_hash, is_known=True):
            raise Refusal(Reason.PASSWORD_NOT_PRESENT)
        parts(request).attempts.was_right("", "", token_hash)
        await parts(request).writer.run(
            accounts.change_password,
            moderator_id=moderator.id,
            old_hash=moderator.password_hash,
            password_hash=await hash_password(password),
            token_hash=token_hash,
            known_hash=known_browser(request),
        )
    except Refusal as refusal:
        return await _page(request, moderator, refusal)
    await parts(request).rooms.end_signed_out(accounts.now())
    return redirect("/account?changed=1")


@router.post("/account/sign-out-everywhere")
async def sign_out_everywhere(request: Request) -> Response:
    """End every sign-in of this account, this one too, and close its control rooms."""
    moderator = await require_moderator(request)
    await parts(request).writer.run(
        accounts.sign_out_everywhere, moderator_id=moderator.id, known_hash=known_browser(request)
    )
    return await signed_out(request)


async def _page(
    request: Request, moderator: Moderator, refusal: Refusal | None = None, has_changed: bool = False
) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        browsers = await people.sign_ins(db, int(moderator.id or 0), accounts.now())
    values = {
        "view": AccountView(moderator.name, moderator.email, moderator.is_owner, browsers),
        "has_changed": has_changed,
        "error": sentences.sentence(refusal, language) if refusal else "",
        "wrong": refusal.reason if refusal else "",
    }
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render("account/page.html", language, **values), status))
