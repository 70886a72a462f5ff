"""How much one participant may write: enough for anybody, and never so much that one drowns the rest.

Counted in memory only, per seat and question, and only as numbers and moments: never which statement is whose.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.refusals import Reason, Refusal

MOST_STATEMENTS = 30
LARGEST_MOST_STATEMENTS = 200
MOST_A_MINUTE = 10
MOST_CHANGES_A_MINUTE = 60
MINUTE = 60.0


@dataclass
class Window:
    """The moments of the last minute, oldest first."""

    moments: deque[float] = field(default_factory=deque)

    def seconds_until_free(self, now: float, most: int) -> int:
        """Whole seconds until there is a place; 0 when there is one now."""
        while self.moments and self.moments[0] <= now - MINUTE:
            self.moments.popleft()
        return max(1, math.ceil(self.moments[-most] + MINUTE - now)) if len(self.moments) >= most else 0


@dataclass
class Pen:
    """One participant at one question: how many statements stand, and how fast they and their changes came."""

    standing: int = 0
    written: Window = field(default_factory=Window)
    changed: Window = field(default_factory=Window)


class Pens:
    """The pens of all participants; what a failed transaction took is given back, to the number."""

    def __init__(self) -> None:
        self._pens: dict[tuple[int, str], Pen] = {}
        self._undo: list[Callable[[], None]] = []

    def write(
        self, question: int, participant: str, now: float, most: int = MOST_STATEMENTS, is_late: bool = False
    ) -> None:
        """Count a new statement. Raises Refusal: for good when there are `most` of them, or when they come too fast.

        A late one is never too fast: by the time it came back, it could be too late.
        """
        pen = self._pen(question, participant)
        self._check_room(pen, most)
        if not is_late:
            self._take(pen.written, now, MOST_A_MINUTE)
        self._stand(pen)

    def change(self, question: int, participant: str, now: float) -> None:
        """Count an edit, a retraction or a resend. Raises Refusal when they come too fast."""
        self._take(self._pen(question, participant).changed, now, MOST_CHANGES_A_MINUTE)

    def blot(self, question: int, participant: str, now: float) -> None:
        """Count a statement taken back before it came: it takes a turn, and no place. Raises Refusal when too fast."""
        self._take(self._pen(question, participant).written, now, MOST_A_MINUTE)

    def put_back(self, question: int, participant: str, most: int = MOST_STATEMENTS) -> None:
        """A retracted statement comes back and takes a place again. Raises Refusal when there is none left."""
        pen = self._pen(question, participant)
        self._check_room(pen, most)
        self._stand(pen)

    def retract(self, question: int, participant: str) -> None:
        """A retracted statement gives its place to another one."""
        pen = self._pen(question, participant)
        if pen.standing:
            self._stand(pen, -1)

    def mark(self) -> int:
        """Where the transaction is now, for `roll_back`."""
        return len(self._undo)

    def roll_back(self, mark: int = 0) -> None:
        """Nothing since the mark was stored, so nothing of it counts."""
        while len(self._undo) > mark:
            self._undo.pop()()

    def commit(self) -> None:
        """What was counted is stored."""
        self._undo.clear()

    def forget(self, questions: set[int]) -> None:
        """Nobody writes on these questions any more."""
        self._pens = {key: pen for key, pen in self._pens.items() if key[0] not in questions}

    def _pen(self, question: int, participant: str) -> Pen:
        return self._pens.setdefault((question, participant), Pen())

    def _check_room(self, pen: Pen, most: int) -> None:
        if pen.standing >= most:
            raise Refusal(Reason.ENOUGH_STATEMENTS, limit=most)

    def _take(self, window: Window, now: float, most: int) -> None:
        seconds = window.seconds_until_free(now, most)
        if seconds:
            raise Refusal(Reason.TOO_FAST, seconds=seconds)
        window.moments.append(now)
        self._undo.append(lambda: window.moments.remove(now) if now in window.moments else None)

    def _stand(self, pen: Pen, step: int = 1) -> None:
        def back() -> None:
            pen.standing -= step

        pen.standing += step
        self._undo.append(back)
