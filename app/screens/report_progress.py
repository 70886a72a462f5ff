"""How far a report is that a moderator waits for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportProgress:
    """`ahead` reports are made before this one; `is_made` when the file can be taken; `trouble` tells why it will never
    be there."""

    session: int
    token: str
    ahead: int
    is_made: bool
    trouble: str = ""

    @property
    def file(self) -> str:
        """Where the file is."""
        return f"/sessions/{self.session}/reports/{self.token}/file"

    @property
    def step(self) -> int:
        """Of three: it waits, it is being made, it is there."""
        return 3 if self.is_made else 1 + (self.ahead == 0)
