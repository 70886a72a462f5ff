"""The command `moderato`: run the server, export a session; the modules beside this one have the rest."""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app import cli_archive, cli_evaluate, cli_replay, cli_users, exports, garbage, logs, serving
from app.commands import accounts
from app.commands.alone import run_alone
from app.commands.trouble import StorageFailed
from app.domain import anonymity
from app.languages import LANGUAGES
from app.process import allow_open_files
from app.settings import Settings, is_loopback, settings
from app.store import lock, sessions
from app.store.causes import trouble_of
from app.store.database import Database
from app.store.migrate import migrate

# How connections are kept; the bare server of the benchmark keeps its own in the same way.
CONNECTIONS: dict[str, Any] = {
    # httptools and websockets-sansio: with less beside each socket, and breaking lines on which nothing moves.
    "http": "app.live.line:Requests",
    "ws": "app.live.line:Line",
    # Off: each socket would compress the same text again, at twice the time and three times the memory.
    "ws_per_message_deflate": False,
    "ws_ping_interval": 10,
    "ws_ping_timeout": 10,
    "timeout_keep_alive": 75,
    "backlog": 4096,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked, 1 with a sentence when not."""
    parsed = _parser().parse_args(arguments)
    # What people wrote is for nobody else on this machine to read, whichever command makes the file first.
    os.umask(0o077)
    try:
        code: int = parsed.run(parsed)
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else error
        print(f"moderato: {what}", file=sys.stderr)
        return 1
    except (LookupError, ValueError, StorageFailed) as error:
        print(f"moderato: {error}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        trouble = trouble_of(error, settings().data)
        if trouble is None:
            raise
        print(f"moderato: the database in {settings().data} can't be used: {trouble}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="moderato", description="A live Group Decision Room.", epilog="HOST, PORT, DATA and PUBLIC_URL override."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="serve, after creating or migrating the database")
    run.add_argument("--workers", type=int, default=1, help="only 1: one process serves one database")
    run.set_defaults(run=_run)
    cli_users.add_to(commands)
    export = commands.add_parser("export", help="write a session to a file")
    export.add_argument("session", metavar="SESSION", help="its code or its id")
    export.add_argument("--format", required=True, choices=sorted(exports.FORMATS))
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.add_argument("--language", choices=sorted(LANGUAGES), help="of headings and dates; else the session's")
    export.set_defaults(run=_export)
    cli_archive.add_to(commands)
    cli_replay.add_to(commands)
    cli_evaluate.add_to(commands)
    return parser


def _run(parsed: argparse.Namespace) -> int:
    if parsed.workers != 1:
        raise ValueError("one process serves one database; start it without --workers")
    own = settings()
    # Said here in one sentence, before the server says it at length.
    lock.take(own.data).close()
    migrate(own.database_path)
    link = asyncio.run(_offer_set_up(own))
    _say_where(own, link)
    logs.set_up()
    garbage.set_up()
    allow_open_files()
    serving.serve(
        host=own.host,
        port=own.port,
        # Participants' requests are never logged; a socket's address would tell who was there when.
        access_log=False,
        log_level="warning",
        # Its own would write the messages of errors, which may hold what people wrote; ours does not.
        log_config=None,
        # Sockets only push, so nothing long ever comes in.
        ws_max_size=1024,
        **CONNECTIONS,
    )
    return 0


async def _offer_set_up(own: Settings) -> str | None:
    """The path of a new one-time link while there is no moderator; None afterwards."""
    token = secrets.token_urlsafe(24)
    made = await run_alone(own.database_path, accounts.offer_set_up, token_hash=anonymity.hash_token(token))
    return f"/set-up/{token}" if made else None


def _say_where(own: Settings, link: str | None) -> None:
    here = f"http://127.0.0.1:{own.port}" if own.host in ("0.0.0.0", "::") or is_loopback(own.host) else own.base_url
    print(f"Moderato is on {here}/sessions")
    if own.is_loopback:
        print("Only this machine reaches it. For phones in the room: make run HOST=0.0.0.0")
    else:
        print(f"Phones join on {own.base_url}")
    if link:
        print(f"Make the first moderator here, once: {here}{link}")
    sys.stdout.flush()


def _export(parsed: argparse.Namespace) -> int:
    asyncio.run(_write_export(settings(), parsed))
    print(f"written: {parsed.out}")
    return 0


async def _write_export(own: Settings, parsed: argparse.Namespace) -> None:
    migrate(own.database_path)
    database = Database(own.database_path)
    try:
        async with database.reader() as db:
            session = await sessions.by_code(db, parsed.session)
            if session is None and parsed.session.isdigit() and len(parsed.session) < 16:
                session = await sessions.by_id(db, int(parsed.session))
            if session is None or session.deleted_at is not None:
                raise LookupError(f"there is no session with code or id {parsed.session}")
            chosen, language = exports.FORMATS[parsed.format], parsed.language or session.language
            content = await exports.export(db, int(session.id or 0), chosen, language)
    finally:
        await database.close()
    await asyncio.to_thread(parsed.out.write_bytes, content)


if __name__ == "__main__":
    sys.exit(main())
