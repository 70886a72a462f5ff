"""Doors of moderators' accounts: the one-time set-up, signing in and out."""

from __future__ import annotations

import asyncio
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import accounts
from app.commands.passwords import hash_password, is_right
from app.domain import anonymity
from app.domain.refusals import Reason, Refusal
from app.screens.render import render
from app.store import people
from app.web import sentences
from app.web.guards import (
    cookie_name,
    language_of,
    private,
    redirect,
    require_moderator,
    sign_in_token,
    signed_in,
    text_field,
)
from app.web.limits import Attempts
from app.web.parts import parts

router = APIRouter()
LONGEST_PASSWORD = 1000
attempts = Attempts()


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = "/sessions") -> Response:
    """Email and password; straight on when somebody is signed in already."""
    if await signed_in(request) is not None:
        return redirect(_own_path(next))
    return _page(request, "sign_in/sign_in.html", next=_own_path(next), email="")


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """A signed-in browser, or the page again with a sentence that doesn't tell which of the two was wrong."""
    form = await request.form()
    email, password = text_field(form, "email"), text_field(form, "password")
    target = _own_path(text_field(form, "next") or "/sessions")
    address = request.client.host if request.client else ""
    try:
        await asyncio.sleep(attempts.begin(address, email))
        async with parts(request).database.reader() as db:
            moderator = await people.moderator_by_email(db, email)
        known = moderator.password_hash if moderator else None
        if not await is_right(password[:LONGEST_PASSWORD], known) or moderator is None:
            attempts.was_wrong(email)
            raise Refusal(Reason.SIGN_IN_WRONG)
    except Refusal as refusal:
        return _page(request, "sign_in/sign_in.html", refusal, next=target, email=email)
    attempts.was_right(address, email)
    return await _signed_in(request, int(moderator.id or 0), target)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Forget this browser."""
    await require_moderator(request)
    await parts(request).writer.run(accounts.sign_out, token_hash=anonymity.hash_token(str(sign_in_token(request))))
    answer = redirect("/sign-in")
    answer.delete_cookie(cookie_name(request, "sign_in"), path="/")
    return private(answer)


@router.get("/set-up/{token}")
async def set_up_page(request: Request, token: str) -> Response:
    """The form for the first moderator. Raises Refusal when the link was used or is too old."""
    await _check_link(request, token)
    return _page(request, "sign_in/set_up.html", token=token, email="", name="", shortest=accounts.SHORTEST_PASSWORD)


@router.post("/set-up/{token}")
async def set_up(request: Request, token: str) -> Response:
    """Make the first moderator, and sign this browser in."""
    await _check_link(request, token)
    form = await request.form()
    email, name, password = text_field(form, "email"), text_field(form, "name"), text_field(form, "password")
    try:
        if len(password) < accounts.SHORTEST_PASSWORD:
            raise Refusal(Reason.PASSWORD_TOO_SHORT, limit=accounts.SHORTEST_PASSWORD)
        made = await parts(request).writer.run(
            accounts.set_up,
            token_hash=anonymity.hash_token(token),
            email=email,
            name=name,
            password_hash=await hash_password(password[:LONGEST_PASSWORD]),
        )
    except Refusal as refusal:
        values = {"token": token, "email": email, "name": name, "shortest": accounts.SHORTEST_PASSWORD}
        return _page(request, "sign_in/set_up.html", refusal, **values)
    return await _signed_in(request, made, "/sessions")


async def _check_link(request: Request, token: str) -> None:
    async with parts(request).database.reader() as db:
        link = await people.set_up_link(db, anonymity.hash_token(token), accounts.now())
    if link is None:
        raise Refusal(Reason.SET_UP_LINK_USED)


async def _signed_in(request: Request, moderator_id: int, target: str) -> Response:
    token = secrets.token_urlsafe(24)
    await parts(request).writer.run(accounts.sign_in, moderator_id=moderator_id, token_hash=anonymity.hash_token(token))
    answer = redirect(target)
    answer.set_cookie(
        cookie_name(request, "sign_in"),
        token,
        max_age=accounts.SIGN_IN_SECONDS,
        path="/",
        secure=parts(request).settings.is_https,
        httponly=True,
        samesite="lax",
    )
    return private(answer)


def _own_path(path: str) -> str:
    """Only a path of this server: a link to sign in must not lead elsewhere."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/sessions"


def _page(request: Request, template: str, refusal: Refusal | None = None, **values: object) -> Response:
    language = language_of(request)
    error = sentences.sentence(refusal, language) if refusal else ""
    status = sentences.status_of(refusal) if refusal else 200
    wrong = refusal.reason if refusal else ""
    return private(HTMLResponse(render(template, language, error=error, wrong=wrong, **values), status))
