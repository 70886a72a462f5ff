"""The command `moderato replay`: a whole session played from a file, or a rehearsal in one that a person leads."""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import uvloop

from app import garbage
from app.process import allow_open_files
from app.replay import play, rehearsal
from app.replay.wishes import check_participants

REHEARSAL_PACE = 5.0
# Standard streams, the shared connections, and what Python opens for itself.
OTHER_FILES = 150
OF_A_WHOLE_SESSION = ("email", "password_stdin", "out")
OF_A_REHEARSAL = ("participants", "seed")


def add_to(commands: Any) -> None:
    """Teach the command line `replay`."""
    replay = commands.add_parser(
        "replay",
        help="play a session from a file against a running server, or rehearse with its statements",
        description=(
            "With --email, --password-stdin and --out: plays the whole session, the moderator included, and writes its "
            "reports. With --join: adds simulated participants to a session that you lead. What they send is stored in "
            "that session like anybody's, so rehearse in a copy."
        ),
    )
    replay.add_argument("file", type=Path, metavar="FILE")
    replay.add_argument("--session", required=True, type=int, metavar="N", help="which session of the file, from 1")
    replay.add_argument("--url", required=True, help="of the server, such as http://127.0.0.1:8000")
    replay.add_argument("--pace", type=float, metavar="SECONDS", help="wait so long between acts, 0 for not at all")
    whole = replay.add_argument_group("the whole session")
    whole.add_argument("--email", help="of the moderator")
    whole.add_argument("--password-stdin", action="store_true", help="read the moderator's password from there")
    whole.add_argument("--out", type=Path, metavar="DIR", help="where the reports go")
    some = replay.add_argument_group("a rehearsal")
    some.add_argument("--join", metavar="CODE", help="the code or the join link of an open session")
    some.add_argument("--participants", type=int, metavar="K", help="how many take part, 1 to 5000")
    some.add_argument("--seed", type=int, metavar="NUMBER", help="the same number: the same people do the same")
    replay.set_defaults(run=_replay)


def _replay(parsed: argparse.Namespace) -> int:
    """Raises ValueError for wishes that don't go together."""
    if parsed.join is None:
        _check(parsed, OF_A_WHOLE_SESSION, OF_A_REHEARSAL, "Without --join")
        return _play(parsed)
    _check(parsed, ("participants",), OF_A_WHOLE_SESSION, "With --join")
    return _rehearse(parsed)


def _check(parsed: argparse.Namespace, needed: tuple[str, ...], unwanted: tuple[str, ...], when: str) -> None:
    given = [name for name, value in vars(parsed).items() if value is not None and value is not False]
    if superfluous := [_option(name) for name in unwanted if name in given]:
        raise ValueError(f"{when} there is no {' or '.join(superfluous)}; see moderato replay --help.")
    if missing := [_option(name) for name in needed if name not in given]:
        raise ValueError(f"{when} this needs {' and '.join(missing)}; see moderato replay --help.")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _play(parsed: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n")
    pace = parsed.pace or 0.0
    asyncio.run(play.replay(parsed.file, parsed.session, parsed.url, parsed.email, password, parsed.out, pace))
    print(f"written: {parsed.out}")
    return 0


def _rehearse(parsed: argparse.Namespace) -> int:
    """Exit code 1 also when somebody could not join while the others took part."""
    garbage.set_up()
    check_participants(parsed.participants)
    fitting = allow_open_files() - OTHER_FILES
    if parsed.participants > fitting:
        raise ValueError(f"This system lets one process open files for {fitting} participants; see ulimit -n.")
    pace = REHEARSAL_PACE if parsed.pace is None else parsed.pace
    seed = random.randrange(1_000_000) if parsed.seed is None else parsed.seed
    wishes = (parsed.file, parsed.session, parsed.url, parsed.join, parsed.participants, pace, seed)
    # The loop that the server has: it carries twice as many participants.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        count = runner.run(rehearsal.rehearse(*wishes, show=_show))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print("\n".join([*count.summary(), f"seed: {seed}"]))
    return 1 if count.not_joined else 0


def _show(line: str) -> None:
    """One line that is written over again; where nobody watches, none."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r{line[:width]}\x1b[K", end="", file=sys.stderr, flush=True)
