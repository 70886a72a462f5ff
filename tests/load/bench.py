"""`make bench`: starts the real server on one core and the load on another, measures, and prints a table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

import uvloop

from tests.load import bytes as pushed_bytes
from tests.load import cores, growth, join, memory, push, return_, storm, votes
from tests.load.evening import evening
from tests.load.figures import Uses, resident_kib
from tests.load.load import raise_file_limit
from tests.load.plan import Plan
from tests.load.table import text_of

# Those that a session of N people is asked for, in the order in which it goes through them.
WITH_N = ("join", "memory", "push", "storm", "votes", "return")
ALL = ("push", "storm", "votes", "join", "return", "memory", "bytes", "growth")


async def run(plan: Plan, only: tuple[str, ...] = ALL) -> dict[str, Any]:
    """The figures by key: a row per N for what has an N, then `machine` and `use`."""
    uses, figures = Uses(), {name: [] for name in ALL if name in only}
    cores_before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cores.LOAD_CORE})
    try:
        if any(name in only for name in WITH_N):
            for n in plan.sizes:
                await _with_people(plan, uses, n, figures)
        if "bytes" in only:
            figures["bytes"] = await pushed_bytes.measure(plan, uses)
        if "growth" in only:
            figures["growth"] = await growth.measure(plan, uses)
    finally:
        os.sched_setaffinity(0, cores_before)
    return {**figures, "use": uses.rows, "machine": _machine()}


async def _with_people(plan: Plan, uses: Uses, n: int, figures: dict[str, Any]) -> None:
    """One session of n people goes through all that was asked for; its row is put under each name."""
    measurements = {"push": push.measure, "storm": storm.measure, "votes": votes.measure, "return": return_.measure}
    agendas = {"push": push.agenda(plan), "storm": storm.AGENDA, "votes": votes.AGENDA, "return": return_.AGENDA}
    wanted = [name for name in measurements if name in figures]
    agenda = [asked for name in wanted for asked in agendas[name]] or storm.AGENDA
    async with evening(plan, uses, agenda) as place:
        before = resident_kib(place.pid)
        joined = await join.measure(place, n)
        if "join" in figures:
            figures["join"].append(joined)
        if "memory" in figures:
            # Of the largest session: the smaller ones measure what the server has once more than people.
            figures["memory"] = memory.measure(place, before)
        for name in wanted:
            _say(f"{name} with {n}")
            figures[name].append(await measurements[name](place))


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


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the server under load.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--n", default="", metavar="100,1000", help="only these numbers of participants")
    parser.add_argument("--only", default="", metavar="push,storm", help="only these measurements")
    wishes = parser.parse_args()
    sizes = tuple(int(n) for n in wishes.n.split(",")) if wishes.n else Plan.sizes
    only = tuple(wishes.only.split(",")) if wishes.only else ALL
    if unknown := set(only) - set(ALL):
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    raise_file_limit()
    figures = uvloop.run(run(Plan(sizes=sizes), only))
    print(text_of(figures))
    if wishes.json:
        wishes.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
