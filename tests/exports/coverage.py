"""Makes app/fonts/coverage.json from the fonts: `python -m tests.exports.coverage`, after a font was changed."""

from __future__ import annotations

import json

from fontTools.ttLib import TTFont

from app.exports.pdf_report.fonts import COVERAGE, FOLDER


def ranges() -> list[list[int]]:
    """The code points that some font shows, as first and last of each range."""
    covered: set[int] = set()
    for path in FOLDER.glob("*.ttf"):
        covered |= set(TTFont(path).getBestCmap())
    found: list[list[int]] = []
    for code in sorted(covered):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


if __name__ == "__main__":
    COVERAGE.write_text(json.dumps(ranges()) + "\n")
