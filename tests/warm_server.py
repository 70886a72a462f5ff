"""A server or a command that starts in a moment: forked from a process that has read the application already."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.server import Server, answers
from tests.world import lay_out

# Those that have no child now; one that has waits for it, so there are as many as servers at the same time.
_free: list[Nursery] = []


class Nursery:
    """A process of `tests.nursery` and its child: who starts a server need not wait for Python to read it all again."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.nursery"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdin and self._process.stdout
        self._asks, self._answers = self._process.stdin, self._process.stdout
        atexit.register(self._process.communicate)

    @classmethod
    def free(cls) -> Nursery:
        return _free.pop() if _free else cls()

    def bear(
        self,
        arguments: Sequence[str],
        environment: dict[str, str],
        log: Path,
        *,
        errors: Path | None = None,
        typed: Path = Path(os.devnull),
        first: Sequence[str] = (),
    ) -> int:
        """The id of a process that runs `moderato` with the arguments, after the functions that come first."""
        files = {"typed": str(typed), "log": str(log), "errors": str(errors or log)}
        line = {"arguments": arguments, "environment": environment, **files, "first": first}
        self._asks.write(json.dumps(line) + "\n")
        self._asks.flush()
        return int(self._answers.readline())

    def ended(self, within: float) -> int | None:
        """How the child ended; None when it still runs after so many seconds."""
        if not select.select([self._answers], [], [], within)[0]:
            return None
        how = int(self._answers.readline())
        _free.append(self)
        return how


def run_warm(
    arguments: Sequence[str], environment: dict[str, str], typed: str = "", within: float = 60
) -> subprocess.CompletedProcess[str]:
    """What a command of `moderato` said and how it ended. Raises TimeoutExpired when it goes on for so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        given, said, errors = (Path(folder) / name for name in ("typed", "said", "errors"))
        given.write_text(typed)
        nursery = Nursery.free()
        pid = nursery.bear(arguments, environment, said, errors=errors, typed=given)
        code = nursery.ended(within)
        if code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            nursery.ended(within)
            raise subprocess.TimeoutExpired(list(arguments), within)
        return subprocess.CompletedProcess(list(arguments), code, said.read_text(), errors.read_text())


@dataclass
class WarmServer(Server):
    """Like any server, but for the time it takes to start; on an empty database when there is none."""

    pid: int = 0
    nursery: Nursery | None = None

    def start(self) -> None:
        lay_out(self.data)
        self.nursery = Nursery.free()
        self.pid = self.nursery.bear(["run"], self.environment, self.log, first=self.first)
        if not answers(f"{self.url}/healthz"):
            raise RuntimeError(self.log.read_text())

    @property
    def first(self) -> Sequence[str]:
        """What is called in the new process before it serves."""
        return ()

    def tell(self, how: signal.Signals) -> None:
        # A signal to process 0 would go to everybody in this group.
        assert self.pid > 0
        # It may have ended by itself, which a planted fault makes it do.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)

    def ended(self, within: float = 15) -> int | None:
        """How it ended; None when it still runs after so many seconds."""
        assert self.nursery
        how = self.nursery.ended(within)
        if how is not None:
            self.pid = 0
        return how

    def _end(self, how: signal.Signals) -> None:
        if self.pid:
            self.tell(how)
            assert self.ended() is not None, "the server does not end"
