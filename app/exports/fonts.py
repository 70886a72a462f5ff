"""Which signs our fonts can show, and what becomes of those they can't."""

from __future__ import annotations

import bisect
import functools
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "fonts"
COVERAGE = FOLDER / "coverage.json"
REPLACEMENT = "\N{WHITE SQUARE}"
_JOINER = "\u200d"
_BYTE_ORDER_MARK = "\ufeff"
_LINE_BREAKS = "\t\n\r\x0b\x0c\x85\u2028\u2029"
# Squares stand for writing that mostly has no spaces: a line may end between two of them.
_MAY_BREAK = "\u200b"
_REPLACED_IN_A_ROW = re.compile(f"{REPLACEMENT}(?={REPLACEMENT})")
_CLOSED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
# What nearly everybody writes: signs the first font has, none of which joins, turns or hides.
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u00ff\u2013\u2018\u2019\u201c\u201d]*")
_TURNING = ("R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI")


class Cleaner:
    """Makes any text one that the fonts can show, and remembers what it replaced."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()

    def clean(self, content: Any) -> Any:
        """The same lists, keys and numbers, every text in them cleaned."""
        if isinstance(content, str):
            if _PLAIN.fullmatch(content) and (not content or content.strip(" ")):
                return content
            shown = "".join(map(self._shown, clusters(unicodedata.normalize("NFC", content))))
            shown = _REPLACED_IN_A_ROW.sub(REPLACEMENT + _MAY_BREAK, shown)
            return closed(shown) if not content or _can_be_seen(shown) else self._all_replaced(content)
        if isinstance(content, dict):
            return {key: self.clean(value) for key, value in content.items()}
        if isinstance(content, (list, tuple)):
            return [self.clean(value) for value in content]
        return content

    def _shown(self, cluster: str) -> str:
        drawn, replaced = _drawn(cluster)
        self.replaced.update(replaced)
        return drawn

    def _all_replaced(self, text: str) -> str:
        """A heading of which nothing can be seen would be refused, so it shows at least that something was typed."""
        self.replaced.update(text)
        return REPLACEMENT


# Statements hold the same signs again and again.
@functools.lru_cache(maxsize=2**14)
def _drawn(cluster: str) -> tuple[str, str]:
    """A cluster as it is drawn, and what of it had to be replaced. One that a font has whole is kept: typst refuses one
    it would have to put together from several."""
    if any(all(_has(font, sign) for sign in cluster) for font in _coverage().values()):
        return cluster, ""
    alone = [_alone(sign, is_first=not place) for place, sign in enumerate(cluster)]
    replaced = (sign for sign, drawn in zip(cluster, alone, strict=True) if drawn == REPLACEMENT != sign)
    return "".join(alone), "".join(replaced)


def _alone(sign: str, is_first: bool) -> str:
    if sign in _LINE_BREAKS:
        return " "
    if is_first and is_covered(sign):
        return sign
    return "" if _is_invisible(sign) else REPLACEMENT


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that are drawn together: a letter with its marks, an emoji with what is joined to it."""
    piece = ""
    for sign in text:
        if piece and not (_extends(sign) or piece.endswith(_JOINER)):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def closed(text: str) -> str:
    """The text with every change of direction it opens closed again, so that it can't turn what stands behind it."""
    waiting: list[str] = []
    for sign in text:
        if sign in _CLOSED_BY:
            waiting.append(_CLOSED_BY[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    return text + "".join(reversed(waiting))


def isolated(text: str) -> str:
    """A name inside a sentence of ours: one that runs the other way takes nothing of the sentence along."""
    turns = any(unicodedata.bidirectional(sign) in _TURNING for sign in text)
    return f"\u2068{closed(text)}\u2069" if turns else text


def is_covered(sign: str) -> bool:
    """Whether one of the fonts has this sign."""
    return any(_has(font, sign) for font in _coverage().values())


def _has(font: list[list[int]], sign: str) -> bool:
    # Fonts list these two kinds, and yet typst has nothing to draw for them.
    if sign == _BYTE_ORDER_MARK or unicodedata.category(sign) == "Cc":
        return False
    place = bisect.bisect_right(font, [ord(sign), 0x110000]) - 1
    return place >= 0 and font[place][0] <= ord(sign) <= font[place][1]


@functools.cache
def _coverage() -> dict[str, list[list[int]]]:
    """Per font the code points it has, first and last of each range; made by `python -m tests.exports.coverage`."""
    fonts: dict[str, list[list[int]]] = json.loads(COVERAGE.read_text())
    return fonts


@functools.lru_cache(maxsize=2**14)
def _extends(sign: str) -> bool:
    return (
        unicodedata.category(sign) in ("Mn", "Me", "Mc")
        or sign in "\u200c\u200d"
        or 0x1F3FB <= ord(sign) <= 0x1F3FF
        or _is_variation(sign)
    )


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(sign) not in ("Zs", "Cf", "Mn", "Me") for sign in text)


def _is_invisible(sign: str) -> bool:
    """Format characters and variation selectors: nothing of them would be seen anyway."""
    return unicodedata.category(sign) == "Cf" or _is_variation(sign)


def _is_variation(sign: str) -> bool:
    return 0xFE00 <= ord(sign) <= 0xFE0F or 0xE0100 <= ord(sign) <= 0xE01EF
