"""Faults that are planted in a real server, each of which the check of its promise must notice."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from typing import Any

from app.commands import run, statements
from app.domain import anonymity


def answers_before_the_commit() -> None:
    real = run.Writer._run_group

    async def hasty(self: Any, db: Any, session_id: Any, command: Any, group: Any, seqs: Any) -> None:
        await real(self, db, session_id, command, group, seqs)
        if command is statements.submit:
            for waiting in group:
                run._answer(waiting)
            await asyncio.sleep(0.02)

    run.Writer._run_group = hasty  # type: ignore[method-assign]


def forgets_receipts_at_a_restart() -> None:
    """Each process knows receipts by another hash, so that a resend is another statement."""
    real = anonymity.hash_receipt
    anonymity.hash_receipt = lambda receipt: hashlib.sha256(f"{os.getpid()}{real(receipt)}".encode()).hexdigest()


FAULTS: dict[str, Callable[[], None]] = {
    fault.__name__: fault for fault in (answers_before_the_commit, forgets_receipts_at_a_restart)
}
