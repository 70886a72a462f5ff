"""A real server process that can be stopped, killed and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a server that is starting answers within some time."""
    # One client, and without certificates: reading them for each try costs more than the server needs to start.
    with httpx.Client(verify=False, trust_env=False) as client:
        for _ in range(1000):
            try:
                if client.get(address).status_code == 200:
                    return True
            except httpx.TransportError:
                pass
            time.sleep(0.02)
    return False


@dataclass
class Server:
    """A `moderato run` process that can be stopped, killed and started again on the same data and port."""

    data: Path
    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    command: tuple[str, ...] = ("-m", "app.cli", "run")
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATA": str(self.data),
            "HOST": self.host,
            "PORT": str(self.port),
            "PUBLIC_URL": "",
        }

    def start(self) -> None:
        """Serve, and wait until the server answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command], env=self.environment, stdout=log, stderr=log
            )
        if not answers(f"{self.url}/healthz"):
            raise RuntimeError(self.log.read_text())

    def kill(self) -> None:
        """Without warning, as a power cut."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(15)
            self.process = None

    @property
    def set_up_link(self) -> str:
        """The one-time link the server printed at its last start."""
        return re.findall(r"http://\S+/set-up/\S+", self.log.read_text())[-1]
