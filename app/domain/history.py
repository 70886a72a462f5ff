"""The moderators' own histories of a board: what stands in the way of a step back or again, and each step in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.themes import Board, Move, MoveKind, Place, ThemeState, Touched, differing

# One thing of the board that a move can change: what of it, and of which theme or statement.
Part = tuple[str, int | str]


@dataclass(frozen=True)
class Recorded:
    """A move that stands on the board, who made it (an id), and the seq at which it was last done."""

    moderator: int
    seq: int
    move: Move


@dataclass(frozen=True)
class Obstacle:
    """Why a step can't be taken: these parts are no longer as it left them; `by` is what was done to them last.

    `by` is None when that is no longer in the history.
    """

    parts: frozenset[Part]
    by: Recorded | None


def obstacle(board: Board, step: Move, later: Sequence[Recorded]) -> Obstacle | None:
    """What stands in the way of a step (to undo a move: its inverse); None when it overwrites nothing.

    `later` are the moves that were done after the step's own and are not the same moderator's to take back first. A
    part counts as changed when one of them changed it, even to the same again: that was somebody's choice.
    """
    own = {part for part in _parts(step) if not _is_gone(board, part)}
    retold = {part for one in later for part in _parts(one.move) if part in own}
    parts = frozenset(_changed_since(board, step) | retold)
    if not parts:
        return None
    causes = [one for one in later if parts & (_parts(one.move) | _lists(one.move))]
    return Obstacle(parts, max(causes, key=lambda one: one.seq, default=None))


def rest(board: Board, step: Move, parts: Iterable[Part]) -> Move | None:
    """The step without the statements that something stands in the way of, or that are not on the board any more.

    None when it is all or nothing.
    """
    in_the_way = {key for what, key in parts if what in ("spot", "hidden")}
    free = [key for key in step.after.places if key in board.places and key not in in_the_way]
    if step.after.themes or not free or any(what not in ("spot", "hidden") for what, _ in parts):
        return None
    before, after = ({key: side.places[key] for key in free} for side in (step.before, step.after))
    return replace(step, before=Touched(places=before), after=Touched(places=after))


@dataclass(frozen=True)
class Step:
    """A move in words: how many statements, the theme by its name now, and what it was called before or came from."""

    kind: MoveKind
    count: int = 0
    theme: str = ""
    former: str = ""


def in_words(move: Move, names: Mapping[int, str]) -> Step:
    """What a move did, for the label of undo; `names` are those of the themes on the board now."""
    before, after = move.before, move.after
    known = {**move.names, **names}
    target = next((place.theme for place in after.places.values()), None)
    into = known.get(target, "") if target is not None else ""
    if move.kind == MoveKind.MERGE:
        # An empty theme lays nothing anywhere; its name tells where it went.
        into = into or next((known[theme] for theme in move.names), "")
        return Step(move.kind, len(after.places), into, _name(before))
    if move.kind == MoveKind.SPLIT:
        origin = next((place.theme for place in before.places.values()), None)
        former = known.get(origin, "") if origin is not None else ""
        return Step(move.kind, len(after.places), _name(after) or _name(before), former)
    if not after.themes:
        return Step(move.kind, len(after.places), into)
    return Step(move.kind, len(after.places), _name(after) or _name(before), _name(before))


@dataclass(frozen=True)
class Hindered:
    """An obstacle as a person reads it: their own step, and whose step it would overwrite.

    `by` is the other's name, empty when it was the own one that was passed over, None when nobody knows any more;
    `rest` is how many statements could still go, 0 when it is all or nothing.
    """

    step: Step
    is_redo: bool
    by: str | None
    later: Step | None
    rest: int


def _changed_since(board: Board, step: Move) -> set[Part]:
    """The parts that are not as the step needs them."""
    parts: set[Part] = set()
    for key, after in step.after.themes.items():
        parts |= _theme_in_the_way(board, step, key, step.before.themes[key], after)
    themes = {key for key, state in {**board.themes, **step.after.themes}.items() if state is not None}
    for statement, after_place in step.after.places.items():
        now, before = board.places.get(statement), step.before.places[statement]
        if now is None:
            continue
        differ = _differing_place(before, after_place)
        parts |= {(what, statement) for what in differ if getattr(now, what) != getattr(before, what)}
        # One that is only hidden or shown stays where it lies, which may be elsewhere by now.
        if "spot" in differ and after_place.theme is not None and after_place.theme not in themes:
            parts.add(("there", after_place.theme))
    return parts


def _theme_in_the_way(
    board: Board, step: Move, key: int, before: ThemeState | None, after: ThemeState | None
) -> set[Part]:
    now = board.themes.get(key)
    if before is None:
        return {("there", key)} if now is not None else _letter_taken(board, step, after)
    if now is None:
        return {("there", key)}
    changed = ("name", "letter", "rank", "carried_from") if after is None else differing(before, after)
    parts: set[Part] = {(what, key) for what in changed if getattr(now, what) != getattr(before, what)}
    if after is None and set(board.all_under(key)) - set(step.after.places):
        parts.add(("list", key))
    return parts


def _letter_taken(board: Board, step: Move, state: ThemeState | None) -> set[Part]:
    """The theme that has the letter a theme comes back with; two can't have the same."""
    return {
        ("letter", other)
        for other, theme in board.themes.items()
        if state is not None and theme.letter == state.letter and other not in step.after.themes
    }


def _is_gone(board: Board, part: Part) -> bool:
    """Whether it is of a statement that is not on the board any more: that is nobody's to overwrite."""
    what, key = part
    return what in ("spot", "hidden") and key not in board.places


def _differing_place(before: Place, after: Place) -> list[str]:
    return [what for what in ("spot", "hidden") if getattr(before, what) != getattr(after, what)]


def _parts(move: Move) -> set[Part]:
    """What a move changes."""
    parts: set[Part] = set()
    for key, after in move.after.themes.items():
        before = move.before.themes[key]
        if before is None or after is None:
            parts |= {(what, key) for what in ("there", "name", "letter", "rank", "carried_from")}
        else:
            parts |= {(what, key) for what in differing(before, after)}
    for statement, place in move.after.places.items():
        parts |= {(what, statement) for what in _differing_place(move.before.places[statement], place)}
    return parts


def _lists(move: Move) -> set[Part]:
    """The themes in whose lists a move lays statements."""
    return {("list", place.theme) for place in move.after.places.values() if place.theme is not None}


def _name(touched: Touched) -> str:
    """The name of the first theme a side of the move touches; empty where the theme does not exist there."""
    return next((state.name for state in touched.themes.values() if state), "")
