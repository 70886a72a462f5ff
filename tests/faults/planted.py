"""Faults that are planted in a real server, each of which the check of its promise must notice; and what can befall it.

Each is a function without arguments, called before the server starts.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import exports, serving
from app.commands import run, statements, trouble
from app.commands.outcome import Outcome
from app.domain import anonymity
from app.live import rooms


def answers_before_the_commit() -> None:
    real = run.Writer._run_group

    async def hasty(self: Any, db: Any, session_id: Any, command: Any, group: Any, seqs: Any) -> None:
        await real(self, db, session_id, command, group, seqs)
        if command is statements.submit:
            for waiting in group:
                run._answer(waiting)
            await asyncio.sleep(0.2)

    run.Writer._run_group = hasty  # type: ignore[method-assign]


def forgets_receipts_at_a_restart() -> None:
    """Each process knows receipts by another hash, so that a resend is another statement."""
    real = anonymity.hash_receipt
    anonymity.hash_receipt = lambda receipt: hashlib.sha256(f"{os.getpid()}{real(receipt)}".encode()).hexdigest()


def acknowledges_what_failed() -> None:
    async def cheerful(self: Any, batch: Any, error: Exception) -> None:
        await self.storing.failed(error)
        for waiting in batch:
            waiting.outcome = Outcome([], {"status": "stored", "revision": 1})
            run._answer(waiting)

    run.Writer._fail = cheerful  # type: ignore[method-assign]


def never_believes_that_it_works_again() -> None:
    trouble.Storing.worked = lambda self: None  # type: ignore[method-assign]


def tells_nobody_who_leads() -> None:
    rooms.Rooms.note_trouble = lambda self, what: None  # type: ignore[method-assign]


def logs_each_request() -> None:
    real = trouble.Storing.failed

    async def talkative(self: Any, error: BaseException) -> Any:
        self.trouble = None
        return await real(self, error)

    trouble.Storing.failed = talkative  # type: ignore[method-assign]


def stops_without_finishing() -> None:
    async def rude(self: Any, sockets: Any = None) -> None:
        os._exit(0)

    serving.Server.shutdown = rude  # type: ignore[method-assign]


def waits_for_everything() -> None:
    makes_slow_reports()
    serving._end_anyhow_after = lambda seconds: None
    serving.ANSWERS_SECONDS = 60


def makes_slow_reports() -> None:
    """A report that can't be made in time, a thread that the process would wait for at its end, and a file beside the
    database that tells when it was begun."""

    def slow(report: Any, language: str) -> bytes:
        threading.Thread(target=time.sleep, args=(60,)).start()
        Path(os.environ["DATA"], "report-begun").touch()
        time.sleep(60)
        return b""

    exports.FORMATS["pdf"] = replace(exports.FORMATS["pdf"], write=slow)


def turns_read_only() -> None:
    """SIGUSR1 makes the database one that may only be read, SIGUSR2 one that may be written again."""
    real = sqlite3.connect
    is_read_only = False

    class Turning(sqlite3.Connection):
        is_turned = False

        def execute(self, *arguments: Any) -> Any:
            self._turn()
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> Any:
            self._turn()
            return super().executemany(*arguments)

        def _turn(self) -> None:
            if is_read_only != self.is_turned:
                super().execute(f"PRAGMA query_only={'ON' if is_read_only else 'OFF'}")
                self.is_turned = is_read_only

    def turn(number: int, frame: object) -> None:
        nonlocal is_read_only
        is_read_only = number == signal.SIGUSR1

    sqlite3.connect = lambda *arguments, **more: real(*arguments, **{**more, "factory": Turning})
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(number, turn)


def tries_again_soon() -> None:
    """No fault: so that a check need not wait."""
    trouble.TRY_SECONDS, trouble.CALM_SECONDS = 0.2, 0.5
