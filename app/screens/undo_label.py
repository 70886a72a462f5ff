"""Says of a stored move what undoing it would take back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.domain.themes import MoveKind
from app.screens.control_room_view import Move


def of_move(stored: str, names: Mapping[int, str]) -> Move:
    """The kind, how many statements, and the theme by name; `names` are those on the board now."""
    move: dict[str, Any] = json.loads(stored)
    before, after = move["before"], move["after"]
    kind = MoveKind(move["kind"])
    if kind == MoveKind.MERGE and after["places"]:
        target = next(iter(after["places"].values()))["theme"]
        return Move(kind, len(after["places"]), names.get(target, ""), _name(before))
    if kind == MoveKind.PUT:
        target = next(iter(after["places"].values()))["theme"]
        return Move(kind, len(after["places"]), names.get(target, "") if target is not None else "")
    return Move(kind, len(after["places"]), _name(after) or _name(before), _name(before))


def _name(touched: Mapping[str, Any]) -> str:
    """The name of the first theme a side of the move touches; empty where the theme does not exist there."""
    return next((str(state["name"]) for state in touched["themes"].values() if state), "")
