"""Reads the application once and then forks a `moderato` for each line it is sent: real processes that start quickly.

A line is a JSON object: `arguments`, `environment`, files for what it is `typed`, what it says (`log`) and its
`errors`, and `first`, functions (as `module:name`) to call before. For each the process id is written, and when it has
ended, how.
"""

from __future__ import annotations

import json
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence

from app.cli import main


def rear() -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(live(**json.loads(line)))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def live(
    arguments: Sequence[str], environment: dict[str, str], typed: str, log: str, errors: str, first: Sequence[str]
) -> int:
    """The exit code of the command, as Python would end with it."""
    os.dup2(os.open(typed, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    # The parent's is at wherever its lines end.
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    try:
        for name in first:
            pkgutil.resolve_name(name)()
        return main(arguments)
    except SystemExit as ends:
        return ends.code if isinstance(ends.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    rear()
