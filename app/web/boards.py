"""The board a move was made on, for its refusal: the page may show the move already."""

from __future__ import annotations

from dataclasses import dataclass

from app.commands.pages import Page
from app.domain.events import BoardMoved
from app.live.room import Room


@dataclass(frozen=True)
class MadeOn:
    """The page a move was sent from, and the statements it named."""

    page: Page
    statements: tuple[str, ...]


async def put_back(room: Room, language: str, made_on: MadeOn) -> str:
    """What is new since that page, with the named statements where they lie, as a push: the board as it is again."""
    question_id = made_on.page.question_id or 0
    named = BoardMoved(question_id, statements=made_on.statements)
    return (await room.news("control_room", language, made_on.page.seq, [named]))[1]
