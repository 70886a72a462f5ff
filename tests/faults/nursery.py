"""Reads the application once and then forks a server for each line it is sent: real processes that start quickly.

Writes the process id of each, and how it ended. The argument names a fault of `tests.faults.planted`, or is empty.
"""

from __future__ import annotations

import os
import signal
import sys

from app.cli import main
from tests.faults import planted


def rear() -> None:
    if sys.argv[1]:
        planted.FAULTS[sys.argv[1]]()
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            serve()
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def serve() -> None:
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os._exit(main(["run"]))


if __name__ == "__main__":
    rear()
