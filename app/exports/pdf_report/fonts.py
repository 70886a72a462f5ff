"""Which signs the fonts of the PDF can show, and what becomes of those they can't."""

from __future__ import annotations

import bisect
import functools
import json
import unicodedata
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "fonts"
COVERAGE = FOLDER / "coverage.json"
REPLACEMENT = "\N{WHITE SQUARE}"
_OPENED_UNTIL = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}


class Cleaner:
    """Makes any text one that the fonts can show, and remembers what it replaced."""

    def __init__(self) -> None:
        self.replaced: set[str] = set()

    def clean(self, content: Any) -> Any:
        """The same lists, keys and numbers, every text in them cleaned."""
        if isinstance(content, str):
            return closed("".join(map(self._shown, unicodedata.normalize("NFC", _without_surrogates(content)))))
        if isinstance(content, dict):
            return {key: self.clean(value) for key, value in content.items()}
        if isinstance(content, (list, tuple)):
            return [self.clean(value) for value in content]
        return content

    def _shown(self, sign: str) -> str:
        if sign in "\t\n\r\x0b\x0c\x85\u2028\u2029":
            return " "
        if is_covered(sign) and sign != "\ufeff":
            return sign
        if _is_invisible(sign):
            return ""
        self.replaced.add(sign)
        return REPLACEMENT


def closed(text: str) -> str:
    """The text with every change of direction it opens closed again, so that it can't turn what stands behind it."""
    waiting: list[str] = []
    for sign in text:
        if sign in _OPENED_UNTIL:
            waiting.append(_OPENED_UNTIL[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    return text + "".join(reversed(waiting))


def is_covered(sign: str) -> bool:
    """Whether one of the fonts has this sign."""
    ranges = _coverage()
    place = bisect.bisect_right(ranges, [ord(sign), 0x110000]) - 1
    return place >= 0 and ranges[place][0] <= ord(sign) <= ranges[place][1]


@functools.cache
def _coverage() -> list[list[int]]:
    """Ranges of code points, first and last, in order; made from the fonts by `python -m tests.exports.coverage`."""
    ranges: list[list[int]] = json.loads(COVERAGE.read_text())
    return ranges


def _is_invisible(sign: str) -> bool:
    """Format characters and variation selectors: nothing of them would be seen anyway."""
    code = ord(sign)
    return unicodedata.category(sign) == "Cf" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
