"""What a series of events moved on a board, put together: several within a tick are drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.events import BoardMoved, Event, LateStatementsReleased
from app.domain.themes import MoveKind

# Of the moves that change themes, all but giving one another name.
REORDERING = tuple(kind for kind in MoveKind if kind != MoveKind.RENAME)


@dataclass(frozen=True)
class Moved:
    """The statements that moved or came in, the themes that came, went or changed, and the lists with other counts.

    `reorders`: themes may have another place; `hides`: others may be hidden; `has_late`: fewer may be waiting.
    """

    statements: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    lists: tuple[int | None, ...] = ()
    reorders: bool = False
    hides: bool = False
    has_late: bool = False


def together(events: Sequence[Event]) -> Moved:
    """What all these events moved; each thing once."""
    moves = [event for event in events if isinstance(event, BoardMoved)]
    late = [event for event in events if isinstance(event, LateStatementsReleased)]
    keys = [key for move in moves for key in move.statements] + [key for event in late for key in event.statements]
    return Moved(
        tuple(dict.fromkeys(keys)),
        tuple(dict.fromkeys(theme for move in moves for theme in move.themes)),
        tuple(dict.fromkeys(theme for move in moves for theme in move.lists)),
        reorders=any(_may_have(move, *REORDERING) for move in moves if move.themes),
        hides=any(_may_have(move, MoveKind.HIDE, MoveKind.SHOW) for move in moves),
        has_late=bool(late),
    )


def _may_have(move: BoardMoved, *kinds: MoveKind) -> bool:
    """Whether it is a move of one of these kinds; one without words may be of any."""
    step = move.deed.step if move.deed else None
    return step is None or step.kind in kinds
