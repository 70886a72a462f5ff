"""The whole screens of one room as they were last drawn, for all who come back before the next change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

# A running clock is a second behind at most; without one, only what is set by the time of day can be old.
LASTS_WITH_CLOCK, LASTS = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Kept:
    seq: int
    text: str
    until: float


class WholeScreens:
    """By screen and language; `seq` is that of the newest change, None until it is known."""

    def __init__(self) -> None:
        self.seq: int | None = None
        self._kept: dict[tuple[str, str], Kept] = {}

    def kept(self, screen: str, language: str) -> tuple[int, str] | None:
        """The seq and the screen, unless something has changed on it since it was drawn."""
        one = self._kept.get((screen, language))
        if one is None or one.seq != self.seq or monotonic() > one.until:
            return None
        return one.seq, one.text

    def keep(self, screen: str, seq: int, drawn: Mapping[str, str], has_clock: bool) -> None:
        """Keep a drawing of all of a screen, in each language; `has_clock`: it shows a time that runs."""
        self.seq = max(self.seq or 0, seq)
        until = monotonic() + (LASTS_WITH_CLOCK if has_clock else LASTS)
        for language, text in drawn.items():
            self._kept[screen, language] = Kept(seq, text, until)

    def drop(self, screen: str, language: str) -> None:
        """It shows something that has changed without a new seq."""
        self._kept.pop((screen, language), None)

    def drop_screen(self, screen: str) -> None:
        """The same, in whatever language."""
        self._kept = {key: one for key, one in self._kept.items() if key[0] != screen}
