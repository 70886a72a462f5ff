"""The moves a moderator makes on the board: each looks at the board and says what it changes there.

`mark` is different for each move: it ends the ranks a move gives, so that two moves never give the same one, not even
when one of them was undone in between. None is what comes back when the board is as wanted already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.domain import ranks
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import (
    LONGEST_THEME_NAME,
    MOST_THEMES,
    Board,
    Move,
    MoveKind,
    Place,
    ThemeState,
    Touched,
    next_letter,
)

Key = TypeVar("Key", str, int)


@dataclass(frozen=True)
class Spot(Generic[Key]):
    """Where in a list: before or behind one that lies in it, or at its end when neither is given."""

    before: Key | None = None
    behind: Key | None = None


AT_THE_END: Spot[str] = Spot()


def put(
    board: Board,
    chosen: Sequence[str],
    theme: int | None,
    mark: str,
    spot: Spot[str] = AT_THE_END,
    suggested: bool = False,
) -> Move | None:
    """Lay statements, in the given order, at a place in a theme's list or (None) the inbox.

    Raises Refusal when the theme or a statement is not on the board, or what `spot` names does not lie in that list.
    """
    if theme is not None:
        state_of(board, theme)
    check_chosen(board, chosen)
    there = board.all_under(theme)
    index = _index(there, chosen, spot)
    stay = [key for key in there if key not in set(chosen)]
    if [*stay[:index], *chosen, *stay[index:]] == there:
        return None
    given = _ranks(stay, {key: board.places[key].rank for key in stay}, index, len(chosen), mark)
    kind = MoveKind.ACCEPT if suggested else MoveKind.ARRANGE if set(chosen) <= set(there) else MoveKind.PUT
    after = {key: Place(theme, rank, board.places[key].hidden) for key, rank in zip(chosen, given, strict=True)}
    return Move(kind, _lying(board, chosen), Touched(places=after), _names(board, theme))


def check_room(board: Board) -> None:
    """Raises Refusal when there are as many themes as there may be."""
    if len(board.themes) >= MOST_THEMES:
        raise Refusal(Reason.TOO_MANY_THEMES, limit=MOST_THEMES)


def new_theme(board: Board, name: str, chosen: Sequence[str], reserved: Iterable[str], mark: str) -> ThemeState:
    """How a new theme will be: next to the one that all its statements come from, else at the end of the board.

    `reserved` are letters of themes that are not on the board now and that another moderator may bring back.
    Raises Refusal when there is no room, the name is no name, or a statement is not on the board.
    """
    check_room(board)
    if chosen:
        check_chosen(board, chosen)
    order = board.in_order()
    source = _source(board, chosen)
    index = len(order) if source is None else order.index(source) + 1
    rank = _ranks(order, {key: state.rank for key, state in board.themes.items()}, index, 1, mark)[0]
    taken = {state.letter for state in board.themes.values()}
    kept = taken | set(reserved)
    # Better a letter that somebody else's undo will miss than none at all.
    letter = next_letter(kept if len(kept) < MOST_THEMES else taken)
    return ThemeState(check_line(name, LONGEST_THEME_NAME), letter, rank)


def create(
    board: Board, theme: int, state: ThemeState, chosen: Sequence[str], mark: str, suggested: bool = False
) -> Move:
    """A new theme with statements or empty; split off when all of them come from one other theme."""
    source = _source(board, chosen)
    kind = MoveKind.ACCEPT if suggested else MoveKind.CREATE if source is None else MoveKind.SPLIT
    given = ranks.after(None, len(chosen), mark)
    after = {key: Place(theme, rank, board.places[key].hidden) for key, rank in zip(chosen, given, strict=True)}
    before = Touched({theme: None}, _lying(board, chosen).places)
    return Move(kind, before, Touched({theme: state}, after), _names(board, source))


def rename(board: Board, theme: int, name: str) -> Move | None:
    """Another name for a theme. Raises Refusal when it is not on the board or the name is no name."""
    state = state_of(board, theme)
    return _restated(MoveKind.RENAME, theme, state, replace(state, name=check_line(name, LONGEST_THEME_NAME)))


def step(board: Board, theme: int, by: int, mark: str) -> Move | None:
    """One place forward (`by` -1) or back (1) on the board; None at its ends."""
    state_of(board, theme)
    order = board.in_order()
    index = order.index(theme) + by
    if not 0 <= index < len(order):
        return None
    return order_at(board, theme, Spot(before=order[index]) if by < 0 else Spot(behind=order[index]), mark)


def order_at(board: Board, theme: int, spot: Spot[int], mark: str) -> Move | None:
    """A theme to any place on the board, which is also the order of ties."""
    state = state_of(board, theme)
    order = board.in_order()
    index = _index(order, [theme], spot)
    stay = [key for key in order if key != theme]
    if [*stay[:index], theme, *stay[index:]] == order:
        return None
    rank = _ranks(stay, {key: one.rank for key, one in board.themes.items()}, index, 1, mark)[0]
    return _restated(MoveKind.ORDER, theme, state, replace(state, rank=rank))


def remove(board: Board, theme: int, mark: str) -> Move:
    """Take a theme off the board; its statements go behind those in the inbox."""
    return _emptied(MoveKind.REMOVE, board, theme, None, mark)


def merge(board: Board, theme: int, into: int, mark: str) -> Move:
    """Lay all statements of a theme behind those of another, which keeps its name; the first one goes."""
    state_of(board, into)
    if into == theme:
        raise Refusal(Reason.THEME_UNKNOWN)
    return _emptied(MoveKind.MERGE, board, theme, into, mark)


def hide(board: Board, chosen: Sequence[str], hidden: bool) -> Move | None:
    """Hide statements, or show them again where they were; those that are so already are left as they are."""
    check_chosen(board, chosen)
    others = [key for key in chosen if board.places[key].hidden != hidden]
    after = {key: replace(board.places[key], hidden=hidden) for key in others}
    kind = MoveKind.HIDE if hidden else MoveKind.SHOW
    return Move(kind, _lying(board, others), Touched(places=after)) if others else None


def check_chosen(board: Board, chosen: Sequence[str]) -> None:
    """Raises Refusal unless these are one or more different statements of the board."""
    if not chosen:
        raise Refusal(Reason.NO_STATEMENTS_CHOSEN)
    if len(set(chosen)) != len(chosen) or any(key not in board.places for key in chosen):
        raise Refusal(Reason.STATEMENT_UNKNOWN)


def state_of(board: Board, theme: int) -> ThemeState:
    """A theme of the board. Raises Refusal when it is not there."""
    if theme not in board.themes:
        raise Refusal(Reason.THEME_UNKNOWN)
    return board.themes[theme]


def _emptied(kind: MoveKind, board: Board, theme: int, into: int | None, mark: str) -> Move:
    """A theme that goes, and all that lay in it at the end of another list."""
    state = state_of(board, theme)
    inside, there = board.all_under(theme), board.all_under(into)
    given = ranks.after(board.places[there[-1]].rank if there else None, len(inside), mark)
    after = {key: Place(into, rank, board.places[key].hidden) for key, rank in zip(inside, given, strict=True)}
    before = Touched({theme: state}, _lying(board, inside).places)
    return Move(kind, before, Touched({theme: None}, after), _names(board, into))


def _restated(kind: MoveKind, theme: int, before: ThemeState, after: ThemeState) -> Move | None:
    return Move(kind, Touched({theme: before}), Touched({theme: after})) if before != after else None


def _lying(board: Board, chosen: Iterable[str]) -> Touched:
    return Touched(places={key: board.places[key] for key in chosen})


def _names(board: Board, theme: int | None) -> dict[int, str]:
    return {} if theme is None else {theme: board.themes[theme].name}


def _source(board: Board, chosen: Sequence[str]) -> int | None:
    """The one theme that all chosen statements lie under."""
    sources = {board.places[key].theme for key in chosen}
    return sources.pop() if len(sources) == 1 else None


def _index(order: Sequence[Key], moving: Sequence[Key], spot: Spot[Key]) -> int:
    """Where a spot is among those of a list that stay; who names what itself moves means where that lies now."""
    anchor = spot.before if spot.before is not None else spot.behind
    if anchor is None:
        return sum(key not in set(moving) for key in order)
    if anchor not in order:
        raise Refusal(Reason.PAGE_IS_STALE)
    upto = order.index(anchor) + (spot.before is None)
    return sum(key not in set(moving) for key in order[:upto])


def _ranks(stay: Sequence[Key], rank_of: Mapping[Key, str], index: int, count: int, mark: str) -> list[str]:
    lower = rank_of[stay[index - 1]] if index else None
    return (
        ranks.spread(lower, rank_of[stay[index]], count, mark) if index < len(stay) else ranks.after(lower, count, mark)
    )
