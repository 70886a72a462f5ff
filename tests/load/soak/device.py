"""What a phone keeps when its page is gone: texts under names, shared by its tabs, and nothing else."""

from __future__ import annotations

import json
from typing import Any


class Device:
    """Local storage. Everything passes through JSON, so that nothing survives that a browser would not keep."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def read(self, name: str) -> Any:
        kept = self._kept.get(name)
        return None if kept is None else json.loads(kept)

    def write(self, name: str, value: Any) -> None:
        self._kept[name] = json.dumps(value)

    def forget(self, name: str) -> None:
        self._kept.pop(name, None)

    def all(self, start: str) -> dict[str, Any]:
        """What is kept under the names that begin so, in the order of keeping; the names without that beginning."""
        return {name.removeprefix(start): self.read(name) for name in list(self._kept) if name.startswith(start)}
