"""Doors of signing in and out; a browser that signed in before is known and never slowed by strangers."""

from __future__ import annotations

import secrets
import time

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import accounts
from app.commands.passwords import is_right
from app.domain import anonymity
from app.domain.refusals import Reason, Refusal
from app.screens.render import render
from app.store import people
from app.store.tables import Moderator
from app.web import sentences
from app.web.fields import text_field
from app.web.guards import cookie_name, language_of, private, redirect, require_moderator, sign_in_token, signed_in
from app.web.parts import parts

router = APIRouter()


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = "/sessions") -> Response:
    """Email and password; straight on when somebody is signed in already."""
    if await signed_in(request) is not None:
        return redirect(_own_path(next))
    return form_page(request, "sign_in/sign_in.html", next=_own_path(next), email="")


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """A signed-in browser, or the page again with a sentence that doesn't tell which of the two was wrong."""
    form = await request.form()
    email, password = text_field(form, "email"), text_field(form, "password")
    target = _own_path(text_field(form, "next") or "/sessions")
    try:
        moderator = await _checked(request, email, password)
        return await sign_browser_in(request, int(moderator.id or 0), target, moderator.password_hash)
    except Refusal as refusal:
        return form_page(request, "sign_in/sign_in.html", refusal, next=target, email=email)


async def _checked(request: Request, email: str, password: str) -> Moderator:
    """The account of an address and a password. Raises Refusal."""
    address = request.client.host if request.client else ""
    async with parts(request).database.reader() as db:
        moderator = await people.moderator_by_email(db, email)
        known_hash = known_browser(request)
        account = int(moderator.id or 0) if moderator else 0
        if not await people.is_known_browser(db, known_hash, account, int(time.time())):
            known_hash = ""
    attempts = parts(request).attempts
    await attempts.begin(address, email, known_hash)
    right = await is_right(password, moderator.password_hash if moderator else None, is_known=bool(known_hash))
    if not right or moderator is None:
        raise Refusal(Reason.SIGN_IN_WRONG)
    attempts.was_right(address, email, known_hash)
    return moderator


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Forget this browser; a control room that is open in it closes."""
    await require_moderator(request)
    await parts(request).writer.run(accounts.sign_out, token_hash=anonymity.hash_token(str(sign_in_token(request))))
    return await signed_out(request)


async def signed_out(request: Request) -> Response:
    """Back to the page for signing in, with no control room left open."""
    await parts(request).rooms.end_signed_out(int(time.time()))
    answer = redirect("/sign-in")
    answer.delete_cookie(cookie_name(request, "sign_in"), path="/")
    return private(answer)


def known_browser(request: Request) -> str:
    """The hash of the token that says this browser signed in before; of nothing when it has none."""
    return anonymity.hash_token(request.cookies.get(cookie_name(request, "known_browser"), ""))


async def sign_browser_in(
    request: Request, moderator_id: int, target: str, checked_hash: str | None = None
) -> Response:
    """On to a page, signed in and known from now on. Raises Refusal when the password changed meanwhile."""
    token, known = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    await parts(request).writer.run(
        accounts.sign_in,
        moderator_id=moderator_id,
        token_hash=anonymity.hash_token(token),
        known_hash=anonymity.hash_token(known),
        known_before=known_browser(request),
        checked_hash=checked_hash,
    )
    answer = redirect(target)
    lasting = (("sign_in", token, accounts.SIGN_IN_SECONDS), ("known_browser", known, accounts.KNOWN_SECONDS))
    for name, value, seconds in lasting:
        answer.set_cookie(
            cookie_name(request, name),
            value,
            max_age=seconds,
            path="/",
            secure=parts(request).settings.is_https,
            httponly=True,
            samesite="lax",
        )
    return private(answer)


def _own_path(path: str) -> str:
    """Only a path of this server: a link to sign in must not lead elsewhere."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/sessions"


def form_page(request: Request, template: str, refusal: Refusal | None = None, **values: object) -> Response:
    """A page with a form, and above its button what was refused."""
    language = language_of(request)
    error = sentences.sentence(refusal, language) if refusal else ""
    status = sentences.status_of(refusal) if refusal else 200
    wrong = refusal.reason if refusal else ""
    return private(HTMLResponse(render(template, language, error=error, wrong=wrong, **values), status))
