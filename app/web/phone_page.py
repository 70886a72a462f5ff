"""The phone's page as the answer to one participant: what everybody sees, and what only the asker may see."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import anonymity
from app.screens import phone
from app.screens.phone_view import Own, PhoneView
from app.screens.render import render
from app.store import ballots
from app.web import seats
from app.web.guards import language_of, private, seat_token
from app.web.parts import parts

# Bytes, far more than the lengths of two allocations differ by.
MOST_PADDING = 512


@dataclass(frozen=True)
class Written:
    """What was typed in a form, or nothing yet.

    `receipt` is the form's own: made with the form, so that however often it is sent, one statement is stored.
    `form_number` tells the scripts which form an answer belongs to, without telling the receipt.
    """

    question: str = ""
    theme: str = ""
    text: str = ""
    receipt: str = field(default_factory=lambda: secrets.token_hex(16))
    form_number: str = field(default_factory=lambda: secrets.token_hex(4))

    def kept(self) -> Written:
        """The same, with a new receipt and number where those are not as the server makes them."""
        fresh = Written()
        return replace(
            self,
            receipt=self.receipt if re.fullmatch("[0-9a-f]{32}", self.receipt) else fresh.receipt,
            form_number=self.form_number if re.fullmatch("[0-9a-f]{8}", self.form_number) else fresh.form_number,
        )


@dataclass(frozen=True)
class Notice:
    """A sentence above the scene; `kind` is ok, info, warn or error."""

    message: str
    kind: str
    status: int = 200
    headers: dict[str, str] | None = None


async def load_own(request: Request, session_id: int, participant: str, written: Written | None = None) -> PhoneView:
    """What all phones show now, with the asker's own part; `written` comes back in the field."""
    room = parts(request).rooms.of(session_id)
    async with parts(request).database.reader() as db:
        view = await phone.load(db, session_id, await room.presence_now(db))
        own = await _own(request, db, view, written or Written())
    if view.vote:
        own = replace(own, is_ready=room.presence.is_ready(view.vote.round, participant) is True)
    # Who loads the page is here, before the socket has come or where none comes.
    return replace(view, own=own, connected=max(view.connected, 1))


async def _own(request: Request, db: AsyncSession, view: PhoneView, written: Written) -> Own:
    own = Own(
        receipt=written.receipt,
        form_number=written.form_number,
        text=written.text,
        theme=int(written.theme) if re.fullmatch("[0-9]{1,15}", written.theme) else None,
    )
    if view.vote is None:
        return own
    token, number = str(seat_token(request)), view.vote.round
    own = replace(own, anchors={one.id: anonymity.anchor(token, number, one.id) for one in view.vote.themes})
    key = anonymity.voter_key(token, number)
    ballot = await ballots.own(db, view.vote.round, key)
    if ballot is None:
        return own
    points = {int(theme): given for theme, given in ballot.points.items()}
    return replace(own, revision=ballot.revision, points=points)


def page_of(request: Request, view: PhoneView, notice: Notice | None = None) -> Response:
    """The page; never kept, since its own part is for the asker alone."""
    said = {"message": notice.message, "kind": notice.kind} if notice else {}
    here = {"place": seats.place_of(request), "seat": seats.address(request, view.code)}
    html = render("phone/page.html", language_of(request), view=view, **here, **said)
    html += _padding() if view.vote else ""
    return private(HTMLResponse(html, notice.status if notice else 200, notice.headers if notice else None))


def _padding() -> str:
    """A comment of random length. Everybody's page of a vote is the same but for the own points, and compressed: else
    somebody on the network could tell from the length of an encrypted page which points are in it."""
    return f"<!-- {secrets.token_hex(secrets.randbelow(MOST_PADDING))} -->\n"
