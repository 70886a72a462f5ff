"""The moves on the board as the method describes them, each on a page that still knows what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.model.board import Board, Key, Step
from tests.model.question import Question
from tests.model.session import Session
from tests.model.words import Page, Refused


class Moves:
    """What moderator `who` does on the board of a session, from a page; `seq` is what the step is remembered under."""

    def __init__(self, session: Session, page: Page, who: str, seq: int) -> None:
        self.session, self.page, self.who, self.seq = session, page, who, seq

    def put(self, chosen: Sequence[Key], theme: int | None) -> None:
        here = self._board()
        self._check_theme(here, *([theme] if theme is not None else []))
        self._check_chosen(here, chosen)
        self._move(here, [], chosen, lambda board: board.lay(chosen, theme), target=theme)

    def create(self, theme: int, name: str, chosen: Sequence[Key]) -> None:
        here = self._board()
        if chosen:
            self._check_chosen(here, chosen)

        def make(board: Board) -> None:
            board.add_theme(theme, name)
            board.lay(chosen, theme)

        self._move(here, [theme], chosen, make)

    def rename(self, theme: int, name: str) -> None:
        here = self._board()
        self._check_theme(here, theme)
        if here.board.names[theme][0] == name:
            return

        def change(board: Board) -> None:
            board.names[theme] = (name, board.names[theme][1])

        self._move(here, [theme], [], change)

    def remove(self, theme: int) -> None:
        self._empty(theme, None)

    def merge(self, theme: int, into: int) -> None:
        self._check_theme(self._board(), theme, into)
        if theme == into:
            raise Refused("a theme can't go into itself")
        self._empty(theme, into)

    def _empty(self, theme: int, into: int | None) -> None:
        here = self._board()
        self._check_theme(here, theme)
        inside = list(here.board.under[theme])

        def change(board: Board) -> None:
            board.lay(inside, into)
            board.drop_theme(theme)

        self._move(here, [theme], inside, change, target=into)
        here.lose_themes([theme])

    def order(self, theme: int, step: int) -> None:
        here = self._board()
        self._check_theme(here, theme)
        place = here.board.order.index(theme) + step
        if not 0 <= place < len(here.board.order):
            return

        def change(board: Board) -> None:
            board.order.remove(theme)
            board.order.insert(place, theme)

        self._move(here, [theme], [], change)

    def hide(self, chosen: Sequence[Key], hidden: bool) -> None:
        here = self._board()
        self._check_chosen(here, chosen)

        def change(board: Board) -> None:
            board.hidden = board.hidden | set(chosen) if hidden else board.hidden - set(chosen)

        self._move(here, [], chosen, change)

    def undo(self, really: bool) -> None:
        """`really` is how it went where only chance can tell whether it may."""
        here = self._board()
        step = here.history.last_done()
        here.history.check_own_since(self.page, self.who)
        here.replay(step, step.before, really)
        step.undone, step.who, step.seq = True, self.who, self.seq

    def redo(self, really: bool) -> None:
        here = self._board()
        step = here.history.first_undone()
        here.history.check_own_since(self.page, self.who)
        here.replay(step, step.after, really)
        step.undone, step.who, step.seq = False, self.who, self.seq

    def _board(self) -> Question:
        here = self.session.on(self.page)
        if here.phase != "cluster":
            raise Refused("not in this phase")
        return here

    def _check_theme(self, here: Question, *themes: int) -> None:
        if any(theme not in here.board.names for theme in themes):
            raise Refused("there is no such theme")

    def _check_chosen(self, here: Question, chosen: Sequence[Key]) -> None:
        there = here.board.statements
        if not chosen or len(set(chosen)) < len(chosen) or any(key not in there for key in chosen):
            raise Refused("there are no such statements")

    def _move(
        self,
        here: Question,
        themes: Iterable[int],
        chosen: Iterable[Key],
        change: Callable[[Board], None],
        target: int | None = None,
    ) -> None:
        here.history.check_fresh(self.page, themes, chosen, target)
        before, after = here.board, here.board.copy()
        change(after)
        touched = frozenset(themes), frozenset(chosen)
        here.board = after
        here.history.add(Step(before.copy(), after.copy(), *touched, self.who, self.seq, here.shuffles))
