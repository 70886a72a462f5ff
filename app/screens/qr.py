"""Draws an address as a QR code, for the screens from which people join."""

from __future__ import annotations

import segno
from markupsafe import Markup


def picture(address: str) -> str:
    """The QR code of an address as an SVG file, for what is printed."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True, dark="#1D1B18")
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def draw(address: str) -> Markup:
    """The QR code of an address as inline SVG; decorative for assistive technology, so the address stands beside it."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
