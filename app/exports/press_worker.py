"""The process beside the server that makes large files: its `main` is all that runs there, told what by its input.

It reads the database itself, so that the server's part is to ask and to hand over. It is of the lowest priority, so
that it takes only what of the processor nobody else wants, and it ends when the server does: then its input ends. What
it is sent comes from the server alone, never from a browser.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import struct
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from app.domain.report import Report
from app.exports.formats import Write, about
from app.logs import Discreet
from app.screens.report import build_report
from app.store import owner_settings
from app.store.database import Database
from app.store.owner_settings import OwnerSettings

LOWEST_PRIORITY = 19
LENGTH = struct.Struct(">Q")
MADE, FAILED = b"+", b"-"


class Work(Protocol):
    """What can be made there: it travels to the process with all that it needs."""

    def made(self) -> bytes:
        """The bytes of it."""
        ...


@dataclass(frozen=True)
class Wanted:
    """What is to be made: which session of which database, how, in which language, and under whose name;
    `question` is the number of the one a picture is of, None for all."""

    write: Write
    database: Path
    session_id: int
    language: str
    own: OwnerSettings
    with_attendees: bool = True
    question: int | None = None

    def made(self) -> bytes:
        """The file, of the session as it stands now."""
        owner_settings.hold(self.own)
        report = asyncio.run(_read(self.database, self.session_id))
        told = report if self.with_attendees else replace(report, attendees=())
        return self.write(told if self.question is None else about(told, self.question), self.language)


def framed(content: bytes) -> bytes:
    """With its length before it."""
    return LENGTH.pack(len(content)) + content


def serve(asks: BinaryIO, answers: BinaryIO) -> None:
    """Make one file after another until nothing is asked any more."""
    while length := asks.read(LENGTH.size):
        answers.write(_made(asks.read(LENGTH.unpack(length)[0])))
        answers.flush()


def _made(asked: bytes) -> bytes:
    """The file, or else only the kind of error: its message may quote what somebody wrote."""
    try:
        work: Work = pickle.loads(asked)
        return MADE + framed(work.made())
    except Exception as error:
        return FAILED + framed(type(error).__name__.encode())


async def _read(path: Path, session_id: int) -> Report:
    """The session as it stands now; nothing of the database stays open behind it."""
    database = Database(path)
    try:
        async with database.reader() as db:
            return await build_report(db, session_id)
    finally:
        await database.close()


def hush() -> BinaryIO:
    """Where answers go; from now on nothing is printed, and the log is what is written to it by its name.

    A library that breaks down prints what it broke on, and that may be what somebody wrote.
    """
    answers, said = os.fdopen(os.dup(1), "wb"), logging.StreamHandler(os.fdopen(os.dup(2), "w"))
    said.setFormatter(Discreet("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(said)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def main() -> None:
    """Answer what is asked until the server ends."""
    os.nice(LOWEST_PRIORITY)
    # Where there is an idle class, whoever wakes up takes the processor at once: with the lowest priority alone, one in
    # a hundred acknowledgements on the same processor waited 20 ms for this process.
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    serve(sys.stdin.buffer, hush())
