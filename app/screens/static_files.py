"""Addresses of static files that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

DIRECTORY = Path(__file__).parents[1] / "static"
FIRST_STYLESHEETS = ("layers", "tokens", "base")


@functools.cache
def url(name: str) -> str:
    """`/static/<hash>/<name>`; raises FileNotFoundError for a file that isn't there.

    Scripts share one hash, since a module imports its neighbours by relative address.
    """
    return f"/static/{_hash_of(name)}/{name}"


@functools.cache
def stylesheet() -> str:
    """All component stylesheets as one text: layers, tokens and base first, then by name."""
    rest = sorted(path.stem for path in (DIRECTORY / "css").glob("*.css") if path.stem not in FIRST_STYLESHEETS)
    return "\n".join((DIRECTORY / "css" / f"{name}.css").read_text() for name in (*FIRST_STYLESHEETS, *rest))


def content(name: str) -> bytes:
    """The bytes behind a name: the bundled stylesheet or the file itself."""
    return stylesheet().encode() if name == "moderato.css" else (DIRECTORY / name).read_bytes()


def _hash_of(name: str) -> str:
    group = sorted((DIRECTORY / "js").glob("*.js")) if name.startswith("js/") else []
    parts = [path.read_bytes() for path in group] or [content(name)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]
