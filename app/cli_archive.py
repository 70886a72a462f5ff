"""Commands of `moderato` for what goes in and out as a file: backup and restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.settings import settings
from app.store import backup, lock


def add_to(commands: Any) -> None:
    """Make these commands known to the parser."""
    copy = commands.add_parser("backup", help="copy the whole database to a new file, also while the server runs")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.add_argument("--force", action="store_true", help="also while a session is collecting or voting")
    copy.set_defaults(run=_back_up)
    back = commands.add_parser("restore", help="put a backup back; stop the server first")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--force", action="store_true", help="also when there is a database, which is kept beside it")
    back.set_defaults(run=_restore)


def _back_up(parsed: argparse.Namespace) -> int:
    backup.back_up(settings().database_path, parsed.file, parsed.force)
    print(f"written: {parsed.file}")
    return 0


def _restore(parsed: argparse.Namespace) -> int:
    own = settings()
    held = lock.take(own.data)
    try:
        kept = backup.restore(parsed.file, own.database_path, parsed.force)
    finally:
        held.close()
    print(f"restored: {parsed.file}")
    if kept:
        print(f"The database that was there is kept as {kept}; remove it when you don't need it any more.")
    return 0
