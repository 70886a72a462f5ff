"""Ordering the board: themes made and put in printed order, and the statements under them where they lie otherwise."""

from collections.abc import Sequence

from app.domain.statements import normalise
from app.replay.control_room import Card, ControlRoom
from app.replay.desk import Desk
from app.replay.printed import PrintedQuestion
from app.replay.stops import ReplayStopped


class Board:
    """The board of one question, and which of its statements have been laid."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._laid: set[str] = set()

    @property
    def _room(self) -> ControlRoom:
        return self._desk.room

    async def order(self, question: PrintedQuestion, given: dict[int, str]) -> list[str]:
        """The ids of the themes in printed order; `given` are those that are there already, by their place in it."""
        themes = [given.get(at) or await self._make(theme.name) for at, theme in enumerate(question.themes)]
        for place, theme in enumerate(themes):
            while self._place(theme) > place:
                await self._move_forward(theme)
        texts = [[normalise(text) for text in printed.statements] for printed in question.themes]
        lie_right = [self._leave(wanted, theme) for wanted, theme in zip(texts, themes, strict=True)]
        for theme, wanted, first in zip(themes, texts, lie_right, strict=True):
            for text in wanted[first:]:
                await self._lay(self._take(text, theme), theme)
        return themes

    def _leave(self, wanted: Sequence[str], theme: str) -> int:
        """How many of the theme's cards lie as printed, from its first on: those stay."""
        cards = self._room.themes[theme]
        right = next(
            (at for at, (card, text) in enumerate(zip(cards, wanted, strict=False)) if card.text != text),
            min(len(cards), len(wanted)),
        )
        self._laid.update(card.id for card in cards[:right])
        return right

    async def _make(self, name: str) -> str:
        before = set(self._room.themes)
        await self._desk.until(
            lambda: len(self._room.themes) > len(before), lambda: self._room.form("/themes").fill(name=name)
        )
        return next(id for id in self._room.themes if id not in before)

    async def _move_forward(self, theme: str) -> None:
        before = self._place(theme)
        await self._desk.until(
            lambda: self._place(theme) < before, lambda: self._room.form(f"/themes/{theme}/order"), "forward"
        )

    async def _lay(self, card: Card, theme: str) -> None:
        await self._desk.until(
            lambda: self._room.themes[theme][-1:] == [card],
            lambda: self._room.form("/statements/put").fill(statement=[card.id]),
            theme,
        )

    def _place(self, theme: str) -> int:
        return list(self._room.themes).index(theme)

    def _take(self, text: str, theme: str) -> Card:
        """A card with this text that has not been laid yet: several people may have written the same, and what lies
        under this theme already is meant for it."""
        cards = [*self._room.themes[theme], *self._room.cards]
        card = next((card for card in cards if card.text == text and card.id not in self._laid), None)
        if card is None:
            raise ReplayStopped(f"A statement that was sent is not on the board: {text[:80]}")
        self._laid.add(card.id)
        return card
