"""The moves on the board as the method describes them, each on a page that still knows what it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.model.board import Board, Key
from tests.model.history import Step, changed, rest, touched
from tests.model.question import Question
from tests.model.session import Session
from tests.model.words import Asked, Page, Refused


class Moves:
    """What moderator `who` does on the board of a session, from a page; `seq` is what the step is remembered under."""

    def __init__(self, session: Session, page: Page, who: str, seq: int) -> None:
        self.session, self.page, self.who, self.seq = session, page, who, seq

    def put(self, chosen: Sequence[Key], theme: int | None, anchor: Key | None = None, behind: bool = False) -> None:
        """At the end of a list, or before or behind another that lies in it; one of the chosen means where it lies."""
        here = self._board()
        self._check_theme(here, *([theme] if theme is not None else []))
        self._check_chosen(here, chosen)
        there = here.board.under[theme]
        if anchor is not None and anchor not in there:
            raise Refused("the page is stale")
        follow = there[there.index(anchor) + behind :] if anchor is not None else []
        first = next((key for key in follow if key not in chosen), None)
        self._move(here, lambda board: board.lay(chosen, theme, first), target=theme)

    def create(self, theme: int, name: str, chosen: Sequence[Key]) -> None:
        """At the end of the board, or right behind the one theme it is split off from."""
        here = self._board()
        if chosen:
            self._check_chosen(here, chosen)

        def make(board: Board) -> None:
            board.add_theme(theme, name, here.history.kept_letters(self.who), board.source_of(chosen))
            board.lay(chosen, theme)

        self._move(here, make)

    def rename(self, theme: int, name: str) -> None:
        here = self._board()
        self._check_theme(here, theme)

        def change(board: Board) -> None:
            board.names[theme] = (name, board.names[theme][1])

        self._move(here, change)

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

        self._move(here, change, target=into)
        here.lose_themes([theme])

    def order(self, theme: int, step: int) -> None:
        here = self._board()
        self._check_theme(here, theme)
        place = here.board.order.index(theme) + step
        if not 0 <= place < len(here.board.order):
            return

        self._move(here, lambda board: board.order_at(theme, place))

    def order_at(self, theme: int, anchor: int, behind: bool) -> None:
        """Before or behind another theme; itself means where it is."""
        here = self._board()
        self._check_theme(here, theme, anchor)
        follow = here.board.order[here.board.order.index(anchor) + behind :]
        stay = [one for one in here.board.order if one != theme]
        first = next((one for one in follow if one != theme), None)
        self._move(here, lambda board: board.order_at(theme, stay.index(first) if first else len(stay)))

    def hide(self, chosen: Sequence[Key], hidden: bool) -> None:
        here = self._board()
        self._check_chosen(here, chosen)

        def change(board: Board) -> None:
            board.hidden = board.hidden | set(chosen) if hidden else board.hidden - set(chosen)

        self._move(here, change)

    def undo(self, answer: str | None = None) -> None:
        """The own last step. `answer` is what was said to the question about it: skip it, or take the rest of it."""
        here = self._board()
        self._take(here, here.history.last_done(self.who), answer)

    def redo(self, answer: str | None = None) -> None:
        """What was undone, the last undone first."""
        here = self._board()
        self._take(here, here.history.first_undone(self.who), answer)

    def _take(self, here: Question, step: Step, answer: str | None) -> None:
        obstacles = here.history.in_the_way(here.board, step)
        if not obstacles:
            return here.replay(step, self.seq)
        free = rest(here.board, step, obstacles)
        if answer is None:
            raise Asked(len(free))
        if answer == "skip":
            step.let_go = True
            return None
        if not free:
            raise Refused("it is all or nothing")
        step.before, step.after = (
            {thing: side[thing] for thing in side if thing[1] in free} for side in (step.before, step.after)
        )
        return here.replay(step, self.seq)

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

    def _move(self, here: Question, change: Callable[[Board], None], target: int | None = None) -> None:
        """Nothing when the board is as wanted already."""
        before, after = here.board, here.board.copy()
        change(after)
        if after.is_like(before):
            return
        here.history.check_fresh(self.page, touched(changed(before, after)[1]), target)
        here.board = after
        here.history.begin(before.copy(), self.who, self.seq)
