"""A page that is the same for everybody but for what only the asker may see: drawn once, that part filled in for each.

A template marks such a place with `{% call own_part(macro, values) %}{% endcall %}`, a macro of phone/own.html. In what
is pushed or polled it is drawn with `own` None. A page leaves it open: so nobody's own is in what is kept for all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.screens.render import environment

Draw = Callable[[Any], str]


class OpenPlace(str):
    """Empty text in a drawn page that knows how to draw what comes there."""

    draw: Draw

    def __new__(cls, draw: Draw) -> OpenPlace:
        made = super().__new__(cls)
        made.draw = draw
        return made


class PageForAll:
    """A drawn page with its open places; `filled_in` gives one asker's."""

    def __init__(self, template: str, language: str, **values: Any) -> None:
        left: list[OpenPlace] = []

        # A call block, since its result reaches us as it is; `{{ }}` would make it plain text. The values are given
        # along: when the place is filled in, the loop it stands in has ended.
        def leave_open(macro: Callable[..., str], *values: Any, **_: Any) -> OpenPlace:
            left.append(OpenPlace(lambda own: macro(own, *values)))
            return left[-1]

        drawn = environment(language).get_template(template).generate(**values, own_part=leave_open)
        self._pieces = _joined(list(drawn))
        if sum(isinstance(piece, OpenPlace) for piece in self._pieces) != len(left):
            raise RuntimeError(f"an own part of {template} lies in a macro or a set block, where it would be lost")

    def filled_in(self, own: Any) -> str:
        """The page of one asker; escaped like everything that templates draw."""
        return "".join(piece.draw(own) if isinstance(piece, OpenPlace) else piece for piece in self._pieces)


def _joined(drawn: list[str]) -> list[str]:
    """As few pieces as there are: the text between two open places is one."""
    pieces: list[str] = []
    text: list[str] = []
    for piece in drawn:
        if isinstance(piece, OpenPlace):
            pieces += ["".join(text), piece]
            text = []
        else:
            text.append(piece)
    return [*pieces, "".join(text)]
