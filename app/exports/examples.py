"""The two real sessions of 2005 as archives, for who wants to look around before holding one.

`moderato replay app/demo/sessions-2005.json --session 1` (and 2) makes them; a test compares them with a replay.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.report import Report
from app.exports.archive_reader import read

ARCHIVES = tuple(
    Path(__file__).parents[1] / "demo" / name for name in ("district-team-2005.json", "residents-2005.json")
)


def read_examples() -> list[Report]:
    """The example sessions."""
    return [read(path.read_bytes()) for path in ARCHIVES]
