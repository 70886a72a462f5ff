"""Static files: addressed by content hash, so kept for ever, and compressed once."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.screens import static_files

router = APIRouter()
FOR_EVER = "public, max-age=31536000, immutable"
# Fonts and pictures are compressed already. gzip and not brotli: browsers ask for that over https only.
COMPRESSIBLE = ("text/", "application/javascript", "image/svg+xml")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@cache
def _names() -> frozenset[str]:
    return static_files.names()


@cache
def _file(name: str) -> tuple[str, bytes, bytes | None]:
    """Media type, bytes, and the compressed bytes where that helps."""
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content = static_files.content(name)
    return media, content, gzip.compress(content, 9, mtime=0) if media.startswith(COMPRESSIBLE) else None


def prepare() -> None:
    """Read and compress every file before the first phone asks, so that none waits for it."""
    for name in _names():
        _file(name)


@router.get("/static/{_hash}/{name:path}", include_in_schema=False)
async def static_file(request: Request, _hash: str, name: str) -> Response:
    """A file of app/static; the hash only makes the address new when the content is."""
    # Only names of the list: another spelling of a path would fill the cache, or lead out of the folder.
    if name not in _names():
        raise HTTPException(404)
    media, content, compressed = _file(name)
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(compressed, media_type=media, headers={**headers, "Content-Encoding": "gzip"})
    return Response(content, media_type=media, headers=headers)
