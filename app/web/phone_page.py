"""The phone's page as the answer to one participant: what everybody sees, and what only the asker may see."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from app.domain import anonymity
from app.screens.phone_view import Own
from app.store import ballots
from app.web import seats
from app.web.guards import language_of, private, seat_token
from app.web.parts import parts
from app.web.phones import ShownToAll

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


async def page_of(
    request: Request,
    shown: ShownToAll,
    participant: str,
    notice: Notice | None = None,
    written: Written | None = None,
) -> Response:
    """The asker's page, `written` back in its field; never kept, since its own part is for the asker alone."""
    own = await _own(request, shown, participant, written or Written())
    if notice:
        own = replace(own, said=notice.message, said_kind=notice.kind)
    place, seat = seats.place_of(request), seats.address(request, shown.view.code)
    html = shown.page(language_of(request), place, seat).filled_in(own)
    html += _padding() if shown.view.vote else ""
    return private(HTMLResponse(html, notice.status if notice else 200, notice.headers if notice else None))


async def _own(request: Request, shown: ShownToAll, participant: str, written: Written) -> Own:
    own = Own(
        receipt=written.receipt,
        form_number=written.form_number,
        text=written.text,
        theme=int(written.theme) if re.fullmatch("[0-9]{1,15}", written.theme) else None,
    )
    vote = shown.view.vote
    if vote is None:
        return own
    token, number = str(seat_token(request)), vote.round
    presence = parts(request).rooms.of(shown.session_id).presence
    own = replace(
        own,
        anchors={one.id: anonymity.anchor(token, number, one.id) for one in vote.themes},
        is_ready=presence.is_ready(number, participant) is True,
    )
    async with parts(request).database.reader() as db:
        ballot = await ballots.own(db, number, anonymity.voter_key(token, number))
    if ballot is None:
        return own
    points = {int(theme): given for theme, given in ballot.points.items()}
    return replace(own, revision=ballot.revision, points=points)


def _padding() -> str:
    """A comment of random length. Everybody's page of a vote is the same but for the own points, and compressed: else
    somebody on the network could tell from the length of an encrypted page which points are in it."""
    return f"<!-- {secrets.token_hex(secrets.randbelow(MOST_PADDING))} -->\n"
