"""Commands of `moderato` for what goes in and out as a file: import and the examples, backup and restore."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.commands import archive
from app.commands.alone import run_alone
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.exports.archive_reader import LARGEST_ARCHIVE, MEGABYTES, read
from app.exports.examples import read_examples
from app.settings import Settings, settings
from app.store import backup, lock, people
from app.store.database import Database
from app.store.migrate import migrate

SENTENCES = {
    Reason.NOT_AN_ARCHIVE: "{file} is not an archive of Moderato; {after}",
    Reason.ARCHIVE_NEWER: "{file} was made by a newer Moderato, so install that version first; {after}",
    Reason.ARCHIVE_DAMAGED: "{file} is damaged at {place}; {after}",
    Reason.ARCHIVE_TOO_LARGE: "{file} is too large for an archive ({limit} MB at most); {after}",
    Reason.EXAMPLES_ARE_THERE: "the example sessions are there already; nothing was added",
}


def add_to(commands: Any) -> None:
    """Make these commands known to the parser."""
    one = commands.add_parser("import", help="make a session of an archive (json), also while the server runs")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--email", required=True, help="the moderator it will belong to")
    one.set_defaults(run=_import)
    demo = commands.add_parser("demo", help="add the two real sessions of 2005 as examples")
    demo.add_argument("--email", required=True, help="the moderator they will belong to")
    demo.set_defaults(run=_demo)
    copy = commands.add_parser("backup", help="copy the whole database to a new file, also while the server runs")
    copy.add_argument("file", type=Path, metavar="FILE")
    copy.add_argument("--force", action="store_true", help="also while a session is collecting or voting")
    copy.set_defaults(run=_back_up)
    back = commands.add_parser("restore", help="put a backup back; stop the server first")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--force", action="store_true", help="also when there is a database, which is kept beside it")
    back.set_defaults(run=_restore)


def read_file(file: Path, reader: Callable[[bytes], Report], after: str) -> Report:
    """An archive. Raises ValueError with a sentence that ends with what was not done `after` it was refused."""
    try:
        if file.stat().st_size > LARGEST_ARCHIVE:
            raise Refusal(Reason.ARCHIVE_TOO_LARGE, limit=MEGABYTES)
        return reader(file.read_bytes())
    except Refusal as refusal:
        raise _said(refusal, file=file, after=after) from None


def _import(parsed: argparse.Namespace) -> int:
    report = read_file(parsed.file, read, "nothing was imported")
    made = asyncio.run(_write(settings(), parsed.email, archive.bring_in, report=report))
    print(f"imported: session {made.session_id}, {'a draft' if made.is_draft else 'ended'}")
    return 0


def _demo(parsed: argparse.Namespace) -> int:
    try:
        count = asyncio.run(_write(settings(), parsed.email, archive.load_examples, reports=read_examples()))
    except Refusal as refusal:
        raise _said(refusal) from None
    print(f"imported: {count} example sessions")
    return 0


def _said(refusal: Refusal, **values: object) -> ValueError:
    return ValueError(SENTENCES[refusal.reason].format(**values, **refusal.values))


async def _write(own: Settings, email: str, command: Any, **arguments: Any) -> Any:
    """Run a command for the moderator with this address. Raises LookupError when there is none."""
    migrate(own.database_path)
    database = Database(own.database_path)
    try:
        async with database.reader() as db:
            moderator = await people.moderator_by_email(db, email)
    finally:
        await database.close()
    if moderator is None:
        raise LookupError(f"there is no account for {email}")
    return await run_alone(own.database_path, command, moderator_id=moderator.id, **arguments)


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
