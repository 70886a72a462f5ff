"""What the server's owner may choose, and what is refused: a name, a logo, a language, a term, four texts."""

from __future__ import annotations

import functools
import hashlib
import struct
import unicodedata
from dataclasses import dataclass, field

from app.domain.refusals import Reason, Refusal
from app.domain.statements import has_content, normalise

LONGEST_ORGANISATION = 100
DEFAULT_RETENTION_DAYS, FEWEST_DAYS, MOST_DAYS = 365, 30, 3650
LONGEST_TEXT = 20_000
LARGEST_LOGO = 200 * 1024
MOST_PIXELS_A_SIDE = 2000
# Shown at Privacy and Toegankelijkheid, one of each per language.
STATEMENTS = ("privacy", "accessibility")


@dataclass(frozen=True)
class Logo:
    """A picture whose bytes were looked at; `media_type` is what they are, whatever the file was called."""

    media_type: str
    content: bytes = field(repr=False)

    @functools.cached_property
    def name(self) -> str:
        """A name that changes with the picture, so that browsers may keep it for ever."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def check_organisation(text: str) -> str:
    """The organisation's name, trimmed; empty for none. Raises Refusal."""
    kept = normalise(text).strip()
    if len(kept) > LONGEST_ORGANISATION:
        raise Refusal(Reason.TEXT_TOO_LONG, limit=LONGEST_ORGANISATION, length=len(kept))
    return kept if has_content(kept) else ""


def check_retention(text: str) -> int:
    """For how many days sessions are kept. Raises Refusal."""
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=FEWEST_DAYS, highest=MOST_DAYS)
    return days


def check_text(text: str) -> str:
    """A statement of several lines, as it is kept; empty for none. Raises Refusal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join(normalise(line).rstrip() for line in lines).strip()
    if len(kept) > LONGEST_TEXT:
        raise Refusal(Reason.TEXT_TOO_LONG, limit=LONGEST_TEXT, length=len(kept))
    return kept if any(unicodedata.category(sign)[0] in "LN" for sign in kept) else ""


def check_logo(content: bytes) -> Logo:
    """A PNG, JPEG or WebP picture that stands still. Raises Refusal, for SVG too: it can hold scripts."""
    if len(content) > LARGEST_LOGO:
        raise Refusal(Reason.LOGO_TOO_LARGE, limit=LARGEST_LOGO // 1024)
    for media_type, measure in (("image/png", _of_png), ("image/jpeg", _of_jpeg), ("image/webp", _of_webp)):
        try:
            width, height = measure(content)
        except (ValueError, struct.error, IndexError):
            continue
        if 0 < width <= MOST_PIXELS_A_SIDE and 0 < height <= MOST_PIXELS_A_SIDE:
            return Logo(media_type, content)
    raise Refusal(Reason.LOGO_NOT_READABLE, limit=MOST_PIXELS_A_SIDE)


def _of_png(content: bytes) -> tuple[int, int]:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or b"acTL" in content[:256]:
        raise ValueError
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _of_jpeg(content: bytes) -> tuple[int, int]:
    """From the start-of-frame segment, which comes after others that say how long they are."""
    if content[:3] != b"\xff\xd8\xff":
        raise ValueError
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    raise ValueError


def _of_webp(content: bytes) -> tuple[int, int]:
    """From the first chunk, of which there are three kinds; an animated one is refused."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError
    kind = content[12:16]
    if kind == b"VP8X" and not content[20] & 0x02:
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack("<I", content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError
