"""How wide a text is, near enough to break it into lines where no font can be asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

NARROW = frozenset("ijlftrI.,:;'’!|()[]/- ")
# Shares of the size of the letters, rather too wide than too narrow.
BROADEST = frozenset("mwMW@%")
NARROW_EM, COMMON_EM, BROAD_EM, FULL_EM = 0.36, 0.58, 0.74, 1.05


def width_of(text: str, size: float) -> float:
    """An estimate, in the unit of `size`."""
    return size * sum(map(_em, text))


def broken(text: str, size: float, room: float, tail: str = "") -> list[str]:
    """The text in lines that fit: between words where that is possible, and in words that are wider than a line.

    `tail` stands behind the last word, never alone on a line.
    """
    words = list(_words(text, size, room - width_of(tail, size)))
    words[-1] += f" {tail}" if tail else ""
    lines: list[str] = []
    for word in words:
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _words(text: str, size: float, room: float) -> Iterator[str]:
    for word in text.split(" "):
        piece = ""
        for sign in word:
            if piece and not unicodedata.combining(sign) and width_of(piece + sign, size) > room:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _em(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    if sign in BROADEST or unicodedata.east_asian_width(sign) in ("W", "F"):
        return FULL_EM
    if sign in NARROW:
        return NARROW_EM
    return BROAD_EM if sign.isupper() or sign == "&" or ord(sign) > 0x2FF else COMMON_EM
