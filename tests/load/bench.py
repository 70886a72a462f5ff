"""`make bench`: starts the real server on one core and the load on another, measures, and prints a table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import uvloop

from tests.load import board, cores, growth, join, memory, push, return_, storm, votes
from tests.load import bytes as pushed_bytes
from tests.load.evening import Place, evening, serving
from tests.load.figures import Uses, resident_kib
from tests.load.load import raise_file_limit
from tests.load.plan import Plan
from tests.load.table import text_of

# Those that a session of N people is asked for, in the order in which it goes through them.
WITH_N = ("join", "memory", "push", "storm", "votes", "return")
ALL = ("push", "storm", "votes", "join", "return", "memory", "bytes", "growth", "board")


async def run(plan: Plan, only: Sequence[str] = ALL) -> dict[str, Any]:
    """The figures by key: a row per N for what has an N, then how busy both sides were, and where it was."""
    uses, figures = Uses(), {name: [] for name in ALL if name in only}
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cores.LOAD_CORE})
    try:
        await _do(plan, _tasks(plan, uses, figures))
    finally:
        os.sched_setaffinity(0, before)
    return {**figures, "use": uses.rows, "machine": _machine()}


Task = Callable[[Place], Awaitable[None]]


def _tasks(plan: Plan, uses: Uses, figures: dict[str, Any]) -> list[Task]:
    """What needs a server, each on its own."""

    def with_people(n: int) -> Task:
        return lambda place: _with_people(plan, uses, place, n, figures)

    async def count_bytes(place: Place) -> None:
        figures["bytes"] = await pushed_bytes.measure(plan, uses, place)

    async def grow(place: Place) -> None:
        figures["growth"] = await growth.measure(plan, uses, place)

    async def fill_a_board(place: Place) -> None:
        figures["board"] = await board.measure(plan, uses, place)

    sizes = plan.sizes if any(name in figures for name in WITH_N) else ()
    apart = {"bytes": count_bytes, "growth": grow, "board": fill_a_board}
    return [*map(with_people, sizes), *(task for name, task in apart.items() if name in figures)]


async def _do(plan: Plan, tasks: Sequence[Task]) -> None:
    if not plan.apart:
        async with serving() as place:
            for task in tasks:
                await task(place)
        return
    for task in tasks:
        async with serving() as place:
            await task(place)


async def _with_people(plan: Plan, uses: Uses, place: Place, n: int, figures: dict[str, Any]) -> None:
    """One session of n people goes through all that was asked for; its row is put under each name."""
    measurements = {"push": push.measure, "storm": storm.measure, "votes": votes.measure, "return": return_.measure}
    agendas = {"push": push.agenda(plan), "storm": storm.AGENDA, "votes": votes.AGENDA, "return": return_.AGENDA}
    wanted = [name for name in measurements if name in figures]
    agenda = [asked for name in wanted for asked in agendas[name]] or storm.AGENDA
    async with evening(plan, uses, place, agenda) as night:
        before = resident_kib(night.pid)
        joined = await join.measure(night, n)
        _say("join", joined)
        if "join" in figures:
            figures["join"].append(joined)
        if "memory" in figures:
            # Of the largest session: in a small one, what the server has once weighs more than people do.
            figures["memory"] = memory.measure(night, before)
        for name in wanted:
            figures[name].append(await measurements[name](night))
            _say(name, figures[name][-1])


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _say(name: str, row: dict[str, Any]) -> None:
    """Each row as soon as it is there: the whole takes many minutes."""
    print(name, row, file=sys.stderr, flush=True)


def wishes(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line: `json`, `n` (numbers, ascending), `only` (names)."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the server under load.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--n", type=_numbers, default=Plan.sizes, metavar="100,1000", help="so many participants")
    parser.add_argument("--only", type=_names, default=ALL, metavar="push,storm", help=f"of {', '.join(ALL)}")
    return parser.parse_args(arguments)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(sorted(int(number) for number in text.split(",")))
    # Three are needed for a tally.
    if numbers[0] < 3:
        raise ValueError
    return numbers


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= set(ALL):
        raise ValueError
    return names


def main() -> None:
    asked = wishes()
    raise_file_limit()
    figures = uvloop.run(run(Plan(sizes=asked.n), asked.only))
    print(text_of(figures))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
