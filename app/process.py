"""What a process needs that holds thousands of connections: open files."""

from __future__ import annotations

import contextlib
import resource
import sys


def allow_open_files() -> int:
    """As many as the system lets this process have: two connections for each participant, and the usual is 1,024.

    How many that are.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # An administrator may have set a limit that not even this process may take whole; then it stays as it is.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if allowed == resource.RLIM_INFINITY else allowed
