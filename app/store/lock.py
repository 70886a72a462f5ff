"""One process serves one database: mixing and presence live in its memory, and a second writer would break promises."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


class AlreadyServed(OSError):
    """Another process serves this database."""


def take(data: Path) -> IO[str]:
    """Hold the folder until the returned file is closed or the process ends. Raises AlreadyServed."""
    data.mkdir(parents=True, exist_ok=True)
    handle = (data / "moderato.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise AlreadyServed(f"another Moderato already serves {data}; one process at a time") from None
    return handle
