"""Addresses of static files that carry their content's hash, so that browsers may keep them for ever."""

from __future__ import annotations

import functools
import hashlib
import posixpath
import re
from pathlib import Path

DIRECTORY = Path(__file__).parents[1] / "static"
FIRST_STYLESHEETS = ("layers", "tokens", "base")
# A phone on a slow line waits for its stylesheet, so it gets no other screen's; where a file lies says who gets it.
STYLESHEETS = {"phone.css": ("css",), "moderato.css": ("css", "css/moderator", "css/big-screen")}
IMPORTED = re.compile(r'^(?:import|\} from|(?:import|export) .* from) "\./([\w.]+)";$', re.MULTILINE)
FONT = re.compile(r'url\("(fonts/[\w.-]+)"\)')


@functools.cache
def url(name: str) -> str:
    """`/static/<hash>/<name>`; raises FileNotFoundError for a file that isn't there.

    Scripts share one hash, since a module imports its neighbours by relative address.
    """
    return f"/static/{_hash_of(name)}/{name}"


@functools.cache
def stylesheet(name: str) -> str:
    """One of STYLESHEETS: its components as one text, layers, tokens and base first, then by name."""
    files = {path.stem: path for folder in STYLESHEETS[name] for path in (DIRECTORY / folder).glob("*.css")}
    rest = sorted(stem for stem in files if stem not in FIRST_STYLESHEETS)
    text = "\n".join(files[stem].read_text() for stem in (*FIRST_STYLESHEETS, *rest))
    # By its own hash: another stylesheet, or a change of one, must not fetch the font again.
    return FONT.sub(lambda found: f'url("{url(found[1])}")', text)


@functools.cache
def modules(*scripts: str) -> tuple[str, ...]:
    """The addresses of modules of js/ and of all they import, the nearest first, so that a page asks for all at once.

    Otherwise a browser learns of a module only when it has read the one that imports it: a journey for each.
    """
    found = [f"js/{script}.js" for script in scripts]
    for script in found:
        imported = IMPORTED.findall((DIRECTORY / script).read_text())
        beside = [posixpath.join(posixpath.dirname(script), one) for one in imported]
        found += [one for one in dict.fromkeys(beside) if one not in found]
    return tuple(url(script) for script in found)


def names() -> frozenset[str]:
    """The names of everything that is served: the stylesheets put together, and the files."""
    files = (path for path in DIRECTORY.rglob("*") if path.is_file())
    return frozenset({path.relative_to(DIRECTORY).as_posix() for path in files} | STYLESHEETS.keys())


def content(name: str) -> bytes:
    """The bytes behind a name: a stylesheet put together, or the file itself."""
    return stylesheet(name).encode() if name in STYLESHEETS else (DIRECTORY / name).read_bytes()


def _hash_of(name: str) -> str:
    group = sorted((DIRECTORY / "js").glob("*.js")) if name.startswith("js/") else []
    parts = [path.read_bytes() for path in group] or [content(name)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]
