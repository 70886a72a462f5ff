"""Reads the application once and then forks a server for each line it is sent: real processes that start quickly.

A line is a JSON object: `environment`, `log` (a file), and `first`, functions (as `module:name`) to call before. For
each the process id is written, and when it has ended, how.
"""

from __future__ import annotations

import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

from app.cli import main


def rear() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            serve(**json.loads(line))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def serve(environment: dict[str, str], log: str, first: Sequence[str]) -> Any:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.environ.update(environment)
    for name in first:
        pkgutil.resolve_name(name)()
    os._exit(main(["run"]))


if __name__ == "__main__":
    rear()
