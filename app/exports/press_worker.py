"""The process beside the server that makes large files: `python -m app.exports.press_worker`, told what by its input.

It is of the lowest priority, so that it takes only what of the processor nobody else wants, and it ends when the server
does: then its input ends. What it is sent comes from the server alone, never from a browser.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from typing import BinaryIO

from app.domain.report import Report
from app.exports.formats import Write
from app.store import owner_settings
from app.store.owner_settings import OwnerSettings

LOWEST_PRIORITY = 19
LENGTH = struct.Struct(">Q")
MADE, FAILED = b"+", b"-"


def request(write: Write, report: Report, language: str, own: OwnerSettings) -> bytes:
    """What is sent to this process to have a file made."""
    return _framed(pickle.dumps((write, report, language, own), pickle.HIGHEST_PROTOCOL))


def _framed(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


def serve(asks: BinaryIO, answers: BinaryIO) -> None:
    """Make one file after another until nothing is asked any more."""
    while length := asks.read(LENGTH.size):
        answers.write(_made(asks.read(LENGTH.unpack(length)[0])))
        answers.flush()


def _made(asked: bytes) -> bytes:
    """The file, or else only the kind of error: its message may quote what somebody wrote."""
    try:
        write, report, language, own = pickle.loads(asked)
        owner_settings.hold(own)
        return MADE + _framed(write(report, language))
    except Exception as error:
        return FAILED + _framed(type(error).__name__.encode())


def main() -> None:
    """Answers go out where prints would; from now on those go to the log."""
    os.nice(LOWEST_PRIORITY)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
