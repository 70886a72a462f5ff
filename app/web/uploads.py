"""One uploaded file, held in memory and nowhere else, however much comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from app.domain.refusals import Reason, Refusal

# What the browser writes around the file.
ENVELOPE = 16 * 1024
# A browser reads an answer only when it could send all it had; beyond this it finds the line closed.
MOST_THROWN_AWAY = 1024 * 1024 * 1024
MOST_SECONDS = 300.0


class UploadTooLarge(Exception):
    """More came in than was asked for; what came was thrown away."""


class _InMemory(MultiPartParser):
    """Never writes to a temporary file: what people wrote would lie on the disk."""

    spool_max_size = 2**40


async def uploaded_file(request: Request, name: str, most: int) -> bytes:
    """The file in this field of a multipart form, empty when none was chosen.

    Raises UploadTooLarge above `most` bytes, when the rest has been read and thrown away; Refusal for another body.
    """
    stream = request.stream()
    parser = _InMemory(request.headers, _limited(stream, most), max_files=1, max_fields=4)
    try:
        # One that says beforehand that it is too large is not even parsed.
        _check_announced(request, most)
        found = (await parser.parse()).get(name)
        return await found.read() if isinstance(found, UploadFile) else b""
    except UploadTooLarge:
        await throw_away(stream)
        raise
    except (MultiPartException, KeyError, UnicodeDecodeError):
        await throw_away(stream)
        raise Refusal(Reason.INPUT_MALFORMED) from None
    finally:
        # Also one that was cut off, which the parser leaves open.
        for file in parser._files_to_close_on_error:
            file.close()


async def throw_away(stream: AsyncGenerator[bytes, None]) -> None:
    """Read what still comes, within bounds of size and time, and keep nothing of it."""
    left = MOST_THROWN_AWAY
    try:
        async with asyncio.timeout(MOST_SECONDS):
            async for piece in stream:
                left -= len(piece)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect):
        return


def _check_announced(request: Request, most: int) -> None:
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced[:16]) > most + ENVELOPE:
        raise UploadTooLarge


async def _limited(stream: AsyncGenerator[bytes, None], most: int) -> AsyncGenerator[bytes, None]:
    """Counted while reading: what was announced may be absent or a lie."""
    received = 0
    async for piece in stream:
        received += len(piece)
        if received > most + ENVELOPE:
            raise UploadTooLarge
        yield piece
