"""Taking in what a participant sends, whichever way it came: as JSON of the scripts or as a plain form."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from app.commands import ballots, statements
from app.domain import anonymity
from app.domain.refusals import Reason, Refusal
from app.store import questions
from app.web.fields import whole_number
from app.web.guards import seat_token
from app.web.parts import parts


async def store_statement(request: Request, session_id: int, participant: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Store `sent` (question, theme, text, receipt, revision). The answer of `statements.submit`; raises Refusal."""
    question_id = whole_number(sent.get("question"))
    done: dict[str, Any] = await parts(request).writer.run(
        statements.submit,
        session_id,
        participant=participant,
        question_id=question_id,
        receipt=sent.get("receipt"),
        revision=sent.get("revision"),
        text=_text(sent),
        theme_id=whole_number(sent["theme"]) if sent.get("theme") else None,
    )
    parts(request).rooms.of(session_id).presence.submitted(question_id, participant)
    return done


async def store_allocation(
    request: Request, session_id: int, round_id: int, revision: object, points: object, secret: object = None
) -> dict[str, Any]:
    """Store the whole allocation of the asker. What stands then: revision and points, and where anyone can
    verify the tally the code, for who holds the ballot's secret; raises Refusal."""
    done: dict[str, Any] = await parts(request).writer.run(
        ballots.allocate,
        session_id,
        voter_key=anonymity.voter_key(str(seat_token(request)), round_id),
        round_id=round_id,
        revision=revision,
        points=points,
        secret=secret,
    )
    return done


async def tell_ready(request: Request, session_id: int, participant: str, round_id: int, is_ready: bool) -> None:
    """Remember whether the asker is done with a vote; told after its close, it changes nothing any more."""
    async with parts(request).database.reader() as db:
        vote = await questions.round_by_id(db, session_id, round_id)
    if vote is not None and not vote.closed:
        parts(request).rooms.of(session_id).presence.ready(round_id, participant, is_ready)


def _text(sent: dict[str, Any]) -> str:
    text = sent.get("text")
    if not isinstance(text, str):
        raise Refusal(Reason.INPUT_MALFORMED)
    return text
