"""What the owner of the server may choose, by what it is and not by what it is called."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.owner_settings import LARGEST_LOGO, check_logo, check_organisation, check_retention, check_text
from app.domain.refusals import Reason, Refusal


def png(width: int = 2, height: int = 2, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"\x1f\x4e\x9e" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x40"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x3f\x00\x00\x1f\x00\x00"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(("content", "kind"), [(png(), "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")])
def test_a_picture_is_known_by_its_first_bytes(content, kind):
    assert check_logo(content).media_type == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"x", SVG, b"GIF89a" + bytes(20), b"<html>" + png(), png(2001, 1), png(0, 0), JPEG[:10], WEBP[:20]],
)
def test_anything_else_is_no_logo(content):
    with pytest.raises(Refusal) as refused:
        check_logo(content)
    assert refused.value.reason == Reason.LOGO_NOT_READABLE


def test_a_logo_stands_still():
    with pytest.raises(Refusal):
        check_logo(png(extra=struct.pack(">I", 8) + b"acTL" + bytes(12)))
    with pytest.raises(Refusal):
        check_logo(WEBP[:20] + b"\x02" + WEBP[21:])


def test_a_logo_of_more_than_200_kilobytes_is_refused():
    with pytest.raises(Refusal) as refused:
        check_logo(png() + bytes(LARGEST_LOGO))
    assert refused.value.reason == Reason.LOGO_TOO_LARGE


@given(st.binary(max_size=80))
def test_no_bytes_break_the_look_at_a_logo(content):
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"):
        try:
            check_logo(start + content)
        except Refusal as refusal:
            assert refusal.reason == Reason.LOGO_NOT_READABLE


@pytest.mark.parametrize("days", ["", "29", "3651", "-1", "1e3", "365.0", "٣٦٥", "veel", "9" * 40])
def test_a_term_that_can_not_be_is_refused(days):
    with pytest.raises(Refusal):
        check_retention(days)


def test_a_name_and_a_text_are_kept_readable():
    assert check_organisation("  Gemeente\tZoetermeer ") == "GemeenteZoetermeer"
    assert check_organisation(" \u200b ") == ""
    assert check_text("Een\r\n\r\n## Twee  \n") == "Een\n\n## Twee"
    assert check_text(" \n - \n") == ""
