"""The commands `moderato user …`: accounts of moderators, also beside a running server."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Callable
from typing import Any

from app.commands import accounts, passwords, removal
from app.commands.alone import run_alone
from app.commands.run import Command
from app.domain import anonymity
from app.domain.passwords import check_password
from app.domain.refusals import Reason, Refusal
from app.settings import Settings, settings
from app.store import people
from app.store.database import Database
from app.store.migrate import migrate

SENTENCES = {
    Reason.EMAIL_TAKEN: "{email} has an account already",
    Reason.EMAIL_MALFORMED: "{email} is not an email address",
    Reason.PASSWORD_TOO_SHORT: "choose a password of at least {limit} characters",
    Reason.PASSWORD_TOO_LONG: "choose a password of at most {limit} characters",
    Reason.ACCOUNT_UNKNOWN: "there is no account for {email}",
    Reason.ACCOUNT_HAS_SESSIONS: (
        "{email} has sessions or shared templates; give them to another account with --give-sessions-to EMAIL"
    ),
    Reason.ACCOUNT_IS_LAST_OWNER: "{email} is the last owner of this server; make another first: user add --owner",
}


def add_to(commands: Any) -> None:
    """Teach the command line `user add`, `list`, `password` and `remove`."""
    user = commands.add_parser("user", help="accounts of moderators").add_subparsers(required=True, metavar="ACT")
    add = _parser(user, "add", _add, "make an account, whose password is chosen with a link")
    add.add_argument("--name", default="", help="as colleagues know this moderator; else the address")
    add.add_argument("--owner", action="store_true", help="may change the server's settings")
    add.add_argument("--password-stdin", action="store_true", help="read the password from there; no link is made")
    listing = user.add_parser("list", help="all accounts: address, name, owner, sessions")
    listing.set_defaults(run=_list)
    password = _parser(user, "password", _password, "end password and sign-ins; a new one is chosen with a link")
    password.add_argument("--password-stdin", action="store_true", help="read the new password from there")
    remove = _parser(user, "remove", _remove, "take an account away")
    remove.add_argument("--give-sessions-to", default="", metavar="EMAIL", help="who gets its sessions and templates")


def _parser(user: Any, name: str, run: Callable[[argparse.Namespace], int], says: str) -> Any:
    parser = user.add_parser(name, help=says)
    parser.add_argument("email", metavar="EMAIL")
    parser.set_defaults(run=run)
    return parser


def _add(parsed: argparse.Namespace) -> int:
    given = {"email": parsed.email, "name": parsed.name or parsed.email, "is_owner": parsed.owner}
    if parsed.password_stdin:
        _do(accounts.create, **given, password_hash=_hash_of_typed())
        print(f"made: {parsed.email}")
        return 0
    token = secrets.token_urlsafe(24)
    _do(accounts.invite, **given, token_hash=anonymity.hash_token(token))
    print(f"made: {parsed.email}")
    _say_link(token)
    return 0


def _list(parsed: argparse.Namespace) -> int:
    own = settings()
    migrate(own.database_path)
    rows = asyncio.run(_rows(own))
    if not rows:
        print("no accounts yet; the server prints a link for the first one when it starts")
    widths = [max(len(row[column]) for row in rows) for column in range(4)] if rows else []
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    return 0


async def _rows(own: Settings) -> list[tuple[str, str, str, str]]:
    database = Database(own.database_path)
    try:
        async with database.reader() as db:
            found = await people.moderators(db)
    finally:
        await database.close()
    return [
        (one.email, one.name, "owner" if one.is_owner else "-", f"{count} session{'' if count == 1 else 's'}")
        for one, count in found
    ]


def _password(parsed: argparse.Namespace) -> int:
    if parsed.password_stdin:
        _do(accounts.set_password, email=parsed.email, password_hash=_hash_of_typed())
        print(f"changed, and signed out everywhere: {parsed.email}")
        return 0
    token = secrets.token_urlsafe(24)
    _do(accounts.offer_password, email=parsed.email, token_hash=anonymity.hash_token(token))
    print(f"the old password has ended, and every sign-in: {parsed.email}")
    _say_link(token)
    return 0


def _remove(parsed: argparse.Namespace) -> int:
    _do(removal.remove_account, email=parsed.email, give_to=parsed.give_sessions_to)
    print(f"removed: {parsed.email}")
    return 0


def _hash_of_typed() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        check_password(password)
    except Refusal as refusal:
        raise _as_sentence(refusal, "") from None
    return passwords.hash_now(password)


def _say_link(token: str) -> None:
    own = settings()
    print(f"Choose the password here, once, within 24 hours: {own.base_url}/set-up/{token}")
    if own.is_loopback:
        print("Only this machine reaches that address; give PUBLIC_URL or HOST as the server has it.")


def _do(command: Command, **arguments: Any) -> Any:
    """Run one command in a transaction of its own; its answer. Raises ValueError with a sentence."""
    own = settings()
    migrate(own.database_path)
    try:
        return asyncio.run(run_alone(own.database_path, command, **arguments))
    except Refusal as refusal:
        raise _as_sentence(refusal, arguments["email"]) from None


def _as_sentence(refusal: Refusal, email: str) -> ValueError:
    said = SENTENCES.get(refusal.reason, str(refusal.reason))
    return ValueError(said.format(**{"email": email, **refusal.values}))
