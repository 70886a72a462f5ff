"""What moderators do on the board: moves, and undo and redo of them, each from a page that may be behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.acting import Acting, Deed, deeds, while_in
from tests.model.moves import Moves

MOVES = "put put put loosen create rename remove merge order hide hide show undo undo redo"


class OnTheBoard(Acting):
    """The rules of the board."""

    @while_in("cluster")
    @rule(tried=deeds(MOVES, least=3, most=6))
    def cluster(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @while_in("cluster")
    @rule(tried=deeds(MOVES, most=2), steps=st.lists(st.sampled_from(["undo", "undo", "redo"]), max_size=8))
    def go_over_the_history(self, tried: Sequence[Deed], steps: Sequence[str]) -> None:
        """A move or two, some steps back, and on again."""
        self._do([*tried, *(Deed(step, tried[0].who) for step in steps)])

    @precondition(lambda self: self.phase != "cluster")
    @rule(tried=deeds(MOVES))
    def move_at_the_wrong_moment(self, tried: Sequence[Deed]) -> None:
        """The page is of another phase, or somebody is very quick."""
        self._do(tried)

    def _put(self, one: Deed) -> None:
        (keys, ids), theme = self._chosen(one.places), self._theme(one.theme)
        self._move(one, "statements/put", lambda moves: moves.put(keys, theme), statement=ids, theme=theme)

    def _loosen(self, one: Deed) -> None:
        keys, ids = self._chosen(one.places)
        self._move(one, "statements/put", lambda moves: moves.put(keys, None), statement=ids, theme="")

    def _create(self, one: Deed) -> None:
        (keys, ids), name = self._chosen(one.places), self._new_text()
        made = self._newest_theme
        self._move(one, "themes", lambda moves: moves.create(made(), name, keys), statement=ids, name=name)

    def _newest_theme(self) -> int:
        return self.now.newest("theme")

    def _rename(self, one: Deed) -> None:
        theme, name = self._theme(one.theme), f"naam {one.other % 3}"
        self._move(one, f"themes/{theme}/rename", lambda moves: moves.rename(theme, name), name=name)

    def _remove(self, one: Deed) -> None:
        theme = self._theme(one.theme)
        self._move(one, f"themes/{theme}/remove", lambda moves: moves.remove(theme))

    def _merge(self, one: Deed) -> None:
        theme, into = self._theme(one.theme), self._theme(one.other)
        self._move(one, f"themes/{theme}/merge", lambda moves: moves.merge(theme, into), into=into)

    def _order(self, one: Deed) -> None:
        theme, step = self._theme(one.theme), 1 if one.other % 2 else -1
        direction = "forward" if step < 0 else "back"
        self._move(one, f"themes/{theme}/order", lambda moves: moves.order(theme, step), direction=direction)

    def _hide(self, one: Deed) -> None:
        keys, ids = self._chosen(one.places)
        self._move(one, "statements/hide", lambda moves: moves.hide(keys, True), statement=ids, hidden=1)

    def _show(self, one: Deed) -> None:
        keys, ids = self._chosen(one.places)
        self._move(one, "statements/hide", lambda moves: moves.hide(keys, False), statement=ids, hidden=0)

    def _undo(self, one: Deed) -> None:
        self._move(one, "undo", lambda moves: moves.undo(self.answer.done))

    def _redo(self, one: Deed) -> None:
        self._move(one, "redo", lambda moves: moves.redo(self.answer.done))

    def _move(self, one: Deed, door: str, act: Callable[[Moves], None], **fields: Any) -> None:
        page = self._page(one.age)
        self.answer = self._lead(one.who, page, door, **fields)
        self._judge(self.answer, lambda: act(Moves(self.model, page, one.who, self._seq)))
