"""Makes app/fonts/coverage.json from the fonts: `python -m tests.exports.coverage`, after a font was changed."""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

from app.exports.fonts import COVERAGE, FOLDER


def coverage() -> dict[str, list[list[int]]]:
    """Per font family, the code points that all its weights have."""
    families = sorted({path.stem.rpartition("-")[0] for path in FOLDER.glob("*.ttf")})
    return {family: _ranges(set.intersection(*map(_signs, FOLDER.glob(f"{family}-*.ttf")))) for family in families}


def _signs(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


def _ranges(codes: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


if __name__ == "__main__":
    COVERAGE.write_text(json.dumps(coverage(), indent=None, separators=(",", ":")) + "\n")
