"""`moderato run` with a fault: a tick waits for each socket in turn, as if all of them took in what they are sent."""

from __future__ import annotations

import sys
from typing import Any

from app.cli import main
from app.live.delivery import Delivery


async def waiting_for_each(delivery: Delivery, screen: str, language: str, text: str) -> None:
    for connection in delivery._audience.of(screen, language):
        await connection.socket.send_text(text)


if __name__ == "__main__":
    planted: Any = waiting_for_each
    Delivery.send = planted  # type: ignore[method-assign]
    sys.exit(main(["run"]))
