"""Doors behind a one-time link: the first moderator makes an account, a named one chooses a password."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commands import accounts
from app.commands.passwords import hash_password
from app.domain import anonymity
from app.domain.passwords import SHORTEST_PASSWORD, check_password
from app.domain.refusals import Reason, Refusal
from app.store import people
from app.store.tables import Moderator
from app.web.fields import text_field
from app.web.parts import parts
from app.web.sign_in import form_page, sign_browser_in

router = APIRouter()


@router.get("/set-up/{token}")
async def set_up_page(request: Request, token: str) -> Response:
    """The form the link is for. Raises Refusal when the link was used or is too old."""
    moderator = await _named(request, token)
    if moderator is not None:
        return _password_page(request, token, moderator)
    return form_page(request, "sign_in/set_up.html", token=token, email="", name="", shortest=SHORTEST_PASSWORD)


@router.post("/set-up/{token}")
async def set_up(request: Request, token: str) -> Response:
    """Use the link up, and sign this browser in."""
    moderator = await _named(request, token)
    form = await request.form()
    password = text_field(form, "password")
    if moderator is not None:
        return await _choose_password(request, token, moderator, password)
    email, name = text_field(form, "email"), text_field(form, "name")
    try:
        check_password(password)
        made = await parts(request).writer.run(
            accounts.set_up,
            token_hash=anonymity.hash_token(token),
            email=email,
            name=name,
            password_hash=await hash_password(password),
        )
    except Refusal as refusal:
        values = {"token": token, "email": email, "name": name, "shortest": SHORTEST_PASSWORD}
        return form_page(request, "sign_in/set_up.html", refusal, **values)
    return await sign_browser_in(request, made, "/sessions")


async def _choose_password(request: Request, token: str, moderator: Moderator, password: str) -> Response:
    try:
        check_password(password)
    except Refusal as refusal:
        return _password_page(request, token, moderator, refusal)
    account = await parts(request).writer.run(
        accounts.choose_password,
        token_hash=anonymity.hash_token(token),
        password_hash=await hash_password(password),
    )
    return await sign_browser_in(request, account, "/sessions")


async def _named(request: Request, token: str) -> Moderator | None:
    """The account a link is for; None for the first one, which is still to be made. Raises Refusal."""
    async with parts(request).database.reader() as db:
        link = await people.set_up_link(db, anonymity.hash_token(token), accounts.now())
        if link is None:
            raise Refusal(Reason.SET_UP_LINK_USED)
        return await people.moderator_of_link(db, link)


def _password_page(request: Request, token: str, moderator: Moderator, refusal: Refusal | None = None) -> Response:
    values = {"token": token, "email": moderator.email, "name": moderator.name, "shortest": SHORTEST_PASSWORD}
    return form_page(request, "sign_in/choose_password.html", refusal, **values)
