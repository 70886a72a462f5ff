"""What all that typst draws has in common: our fonts, and how its own defects are known."""

from __future__ import annotations

import functools

import typst

from app.exports.fonts import FOLDER


@functools.cache
def our_fonts() -> typst.Fonts:
    """Those of the project alone, so that a page looks the same on every server; read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def is_of_typst(error: BaseException) -> bool:
    """typst's own defects arrive as a PanicException, which is no Exception and has no public name."""
    return isinstance(error, typst.TypstError) or type(error).__name__ == "PanicException"
