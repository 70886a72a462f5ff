"""Statements of the board that say the same, told as stacks of their ids: a card shows one of them for all."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.ignored import Ignored, taken_apart
from app.screens.board_pieces import Occasion, Piece
from app.screens.control_room_board_view import Board, ShownStatement, Stacks, drawn_on
from app.screens.control_room_result import shown_of
from app.store import statements, suggestions
from app.suggestions import stacks
from app.suggestions.hints import LooseStatement

Found = tuple[tuple[str, ...], ...]
MOST_KEPT = 64
# By what they were found in, as a hash: no text is kept here after its session was deleted.
_known: OrderedDict[bytes, Found] = OrderedDict()


async def stacks_on(db: AsyncSession, question_id: int) -> Stacks:
    """The stacks of a question's board, without what is hidden: in this part of the page nothing tells of that."""
    shown = shown_of(await statements.released(db, question_id))
    return await stacks_of(shown, await suggestions.ignored(db, question_id))


async def load_stacks(db: AsyncSession, occasion: Occasion) -> list[Piece]:
    """Which statements are stacks, and what can be done with what was taken apart."""
    board = Board((), (), stacks=await stacks_on(db, int(occasion.question.id or 0)))
    return [("control_room/stacks.html", {"view": drawn_on(occasion, board)})]


async def stacks_of(board: Iterable[ShownStatement], ignored: Collection[Ignored]) -> Stacks:
    """The stacks of all statements on a board, whatever theme they are under; found in a thread, once for one board."""
    apart = taken_apart(ignored)
    there = sorted((one.id, one.text) for one in board)
    loose = [LooseStatement(key, text) for key, text in there if key not in apart]
    mark = _mark(loose)
    if mark not in _known:
        _known[mark] = await asyncio.to_thread(stacks.several, loose)
        while len(_known) > MOST_KEPT:
            _known.popitem(last=False)
    return Stacks(_known[mark], has_apart=any(key in apart for key, _ in there))


def _mark(statements: Iterable[LooseStatement]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for one in statements:
        digest.update(f"{one.id}\0{one.text}\0".encode(errors="replace"))
    return digest.digest()
