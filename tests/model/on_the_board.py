"""What moderators do on the board: moves, and undo and redo of them, each from a page that may be behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis.stateful import precondition, rule

from tests.model.acting import Acting, Deed, deeds, pick, while_in
from tests.model.board import Key
from tests.model.moves import Moves
from tests.model.words import Asked

MOVES = "put put put loosen take_over create split rename remove merge order order_at hide hide show undo undo redo"
# What is said to the question about a step that would overwrite another: nothing, or one of these.
ANSWERS = (None, "skip", "rest", "rest")
QUESTION = re.compile(r'name="confirmed" value="(pass_over_[^"]+)"')
REST = re.compile(r'value="rest">[^<]*\((\d+)\)')


class OnTheBoard(Acting):
    """The rules of the board."""

    @while_in("cluster")
    @rule(tried=deeds(MOVES, least=3, most=6))
    def cluster(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @while_in("cluster")
    @rule(tried=deeds(MOVES, most=3), steps=deeds("undo undo redo", least=0, most=8))
    def go_over_the_history(self, tried: Sequence[Deed], steps: Sequence[Deed]) -> None:
        """A few moves, some steps back, and on again; mostly by the same moderator."""
        who = tried[0].who
        self._do([*tried, *(one if one.yes else replace(one, who=who) for one in steps)])

    @precondition(lambda self: self.phase != "cluster")
    @rule(tried=deeds(MOVES))
    def move_at_the_wrong_moment(self, tried: Sequence[Deed]) -> None:
        """The page is of another phase, or somebody is very quick."""
        self._do(tried)

    def _put(self, one: Deed) -> None:
        self._lay(one, self._theme(one.theme))

    def _take_over(self, one: Deed) -> None:
        """Taken over from a suggestion: a move like any other."""
        (keys, ids), theme = self._chosen(one.places), self._theme(one.theme)
        self._move(one, "suggestions/accept", lambda moves: moves.put(keys, theme, None), taken=ids, theme=theme)

    def _lay(self, one: Deed, theme: int | None) -> None:
        """At the end, or (two times of three) before or behind another that mostly lies there."""
        keys, ids = self._chosen(one.places)
        there = self.model.current.board.under.get(theme) if self.model.current and one.other < 28 else None
        around, around_ids = self._chosen([self._place_of(pick(there, one.place)) if there else one.place])
        side = pick([None, "before", "after"], one.other) if around else None
        anchor = around[0] if side else None
        fields = {"statement": ids, "theme": "" if theme is None else theme}
        if side:
            fields[side] = around_ids
        self._move(one, "statements/put", lambda moves: moves.put(keys, theme, anchor, side == "after"), **fields)

    def _place_of(self, key: Key) -> int:
        return self.model.current.board.statements.index(key) if self.model.current else 0

    def _loosen(self, one: Deed) -> None:
        self._lay(one, None)

    def _create(self, one: Deed) -> None:
        self._make(one, one.places)

    def _split(self, one: Deed) -> None:
        """Of statements that lie under one theme."""
        here, theme = self.model.current, self._theme(one.theme)
        inside = here.board.under.get(theme, []) if here else []
        self._make(one, [self._place_of(key) for key in inside[: 1 + len(one.places)]])

    def _make(self, one: Deed, places: Sequence[int]) -> None:
        (keys, ids), name = self._chosen(places), self._new_text()
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

    def _order_at(self, one: Deed) -> None:
        theme, anchor, behind = self._theme(one.theme), self._theme(one.other), one.yes
        side = {"after" if behind else "before": anchor}
        self._move(one, f"themes/{theme}/order", lambda moves: moves.order_at(theme, anchor, behind), **side)

    def _hide(self, one: Deed) -> None:
        keys, ids = self._chosen(one.places)
        self._move(one, "statements/hide", lambda moves: moves.hide(keys, True), statement=ids, hidden=1)

    def _show(self, one: Deed) -> None:
        keys, ids = self._chosen(one.places)
        self._move(one, "statements/hide", lambda moves: moves.hide(keys, False), statement=ids, hidden=0)

    def _undo(self, one: Deed) -> None:
        self._step(one, "undo", Moves.undo)

    def _redo(self, one: Deed) -> None:
        self._step(one, "redo", Moves.redo)

    def _step(self, one: Deed, door: str, act: Callable[[Moves, str | None], None]) -> None:
        """A step back or on; where the door asks, it offers what the method offers, and now and then it is answered.

        An answer to an earlier question comes sometimes as well, and answers nothing.
        """
        late = {"confirmed": self.questions[-1], "instead": "rest"} if self.questions and one.other > 24 else {}
        self._move(one, door, lambda moves: self._offered(moves, act), **late)
        asked = QUESTION.search(str(self.answer.said))
        if asked is None:
            return
        said = pick(ANSWERS, one.place)
        if said is not None:
            instead = "rest" if said == "rest" else None
            self._move(one, door, lambda moves: act(moves, said), confirmed=asked[1], instead=instead)
            self.questions.append(asked[1])

    def _offered(self, moves: Moves, act: Callable[[Moves, str | None], None]) -> None:
        try:
            act(moves, None)
        except Asked as asked:
            offer = REST.search(str(self.answer.said))
            assert asked.rest == (int(offer[1]) if offer else 0), "how many can still go"
            raise

    def _move(self, one: Deed, door: str, act: Callable[[Moves], None], **fields: Any) -> None:
        page = self._page(one.age)
        self.answer = self._lead(one.who, page, door, **fields)
        self._judge(self.answer, lambda: act(Moves(self.model, page, one.who, self._seq)))
