"""The benchmark itself: a small run measures everything it promises, and its counts are right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import uvloop

from tests.load import bench, storm
from tests.load.evening import Evening, evening
from tests.load.figures import Uses, percentile
from tests.load.join import measure as join
from tests.load.plan import QUICK
from tests.load.table import text_of

FIELDS = {
    "push": "n p50_ms p99_ms last_ms bare_last_ms ratio",
    "storm": "n sent acked stored lost doubled ack_p50_ms ack_p99_ms seen_p99_ms",
    "votes": "n acked lost over_budget tally_exact ack_p99_ms",
    "join": "n failed seconds bytes_to_each_other_participant",
    "return": "n seconds_until_all_current renders",
    "memory": "kib_per_participant",
    "bytes": "pushed_bytes",
    "growth": "statements ack_p50_ms tick_ms",
}


@pytest.fixture(scope="module")
def figures() -> Iterator[dict[str, Any]]:
    yield uvloop.run(bench.run(QUICK))


def rows(figures: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = figures[name]
    return found if isinstance(found, list) else [found]


def test_every_promised_figure_is_there_under_its_name(figures: dict[str, Any]) -> None:
    for name, fields in FIELDS.items():
        assert rows(figures, name), name
        for row in rows(figures, name):
            assert list(row) == fields.split(), name


def test_every_statement_and_allocation_of_a_small_run_is_kept(figures: dict[str, Any]) -> None:
    people = QUICK.sizes[0]
    stormed, voted = figures["storm"][0], figures["votes"][0]
    assert [stormed[key] for key in ("sent", "acked", "stored", "lost", "doubled")] == [people, people, people, 0, 0]
    assert [voted[key] for key in ("acked", "lost", "over_budget", "tally_exact")] == [5 * people, 0, 0, True]
    assert figures["join"][0]["failed"] == 0


def test_everybody_who_returns_gets_one_and_the_same_drawing(figures: dict[str, Any]) -> None:
    assert 1 <= figures["return"][0]["renders"] <= 2


def test_the_levels_of_growth_are_those_of_the_plan(figures: dict[str, Any]) -> None:
    assert [row["statements"] for row in figures["growth"]] == list(QUICK.growth_levels)


def test_it_says_how_busy_the_generator_was(figures: dict[str, Any]) -> None:
    assert {row["measurement"] for row in figures["use"]} >= {"push", "push, bare", "storm", "votes", "join", "return"}
    assert all("generator_percent" in row and "server_percent" in row for row in figures["use"])


def test_the_table_shows_every_figure(figures: dict[str, Any]) -> None:
    table = text_of(figures)
    assert all(name in table for name in (*FIELDS, "use", "machine"))


def test_a_statement_that_vanishes_from_the_file_is_counted_as_lost() -> None:
    """The planted fault: one acknowledged statement is deleted, another is there twice."""
    row = uvloop.run(_storm_with_a_fault())
    assert (row["acked"], row["stored"], row["lost"], row["doubled"]) == (5, 5, 1, 1)


async def _storm_with_a_fault() -> dict[str, Any]:
    async with evening(replace(QUICK, count_span=0), Uses(), storm.AGENDA) as place:
        await join(place, 5)
        place.read = _after_damage(place)  # type: ignore[method-assign]
        return await storm.measure(place)


def _after_damage(place: Evening) -> Any:
    read = place.read

    def damage_and_read(query: str, *values: Any) -> list[Any]:
        with sqlite3.connect(place.server.data / "moderato.db") as db:
            db.execute("UPDATE statement SET text = ? WHERE text = ?", (storm.text_of(1), storm.text_of(0)))
        return read(query, *values)

    return damage_and_read


def test_the_percentile_is_a_value_that_was_measured() -> None:
    assert [percentile([3, 1, 2, 4], share) for share in (0.01, 0.5, 0.99, 1)] == [1, 2, 4, 4]
