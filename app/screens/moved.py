"""What a series of events moved on a board, put together: several within a tick are drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.events import BoardMoved, Event, LateStatementsReleased
from app.domain.phases import Phase
from app.domain.themes import MoveKind
from app.store.tables import Question

# A template and the values it is rendered with, in each language.
Piece = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Moved:
    """The statements that moved or came in, the themes that came, went or changed, and the lists with other counts."""

    statements: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    lists: tuple[int | None, ...] = ()
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
        hides=any(_hides(move) for move in moves),
        has_late=bool(late),
    )


def shows_board(question: Question | None) -> bool:
    """Whether there is a board on the screens now, on which things can be placed."""
    return question is not None and question.phase == Phase.CLUSTER


def _hides(move: BoardMoved) -> bool:
    """Whether it may have changed what is hidden; one without words may have done anything."""
    step = move.deed.step if move.deed else None
    return step is None or step.kind in (MoveKind.HIDE, MoveKind.SHOW)
