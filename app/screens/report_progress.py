"""How far a report is that a moderator waits for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportProgress:
    """`ahead` reports are made before this one; `is_made` when the file can be taken, or will never be there."""

    session: int
    token: str
    ahead: int
    is_made: bool

    @property
    def file(self) -> str:
        """Where the file is."""
        return f"/sessions/{self.session}/reports/{self.token}/file"
