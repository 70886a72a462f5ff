"""The benchmark itself: a small run measures everything it promises, and its counts are right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import uvloop

from app.domain.anonymity import voter_key
from tests.load import bench, storm, votes
from tests.load.figures import percentile
from tests.load.phone import Phone
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
    "board": "statements page_bytes usable_ms move_20_ack_ms_median push_bytes_1 push_bytes_20",
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


def test_who_was_there_hears_less_than_a_kilobyte_of_all_who_join(figures: dict[str, Any]) -> None:
    assert figures["join"][0]["bytes_to_each_other_participant"] < 1000


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


def test_a_statement_that_vanished_is_counted_as_lost_and_one_that_is_there_twice_as_doubled() -> None:
    texts = [storm.text_of(number) for number in (1, 2, 2, 3)]
    assert storm.kept({0, 1, 2, 3}, texts) == {"acked": 4, "stored": 4, "lost": 1, "doubled": 1}


def test_a_ballot_that_is_not_the_one_acknowledged_last_is_counted_as_lost() -> None:
    voter = votes.Voter(Phone("http://127.0.0.1:1", "123456"), revision=2, points={"7": 3})
    key = voter_key("", 1)
    assert not votes.is_lost(voter, 1, {key: (2, {"7": 3})})
    assert votes.is_lost(voter, 1, {key: (1, {"7": 1})})
    assert votes.is_lost(voter, 1, {})


def test_the_percentile_is_a_value_that_was_measured() -> None:
    assert [percentile([3, 1, 2, 4], share) for share in (0.01, 0.5, 0.99, 1)] == [1, 2, 4, 4]


def test_one_may_ask_for_some_sizes_and_some_measurements() -> None:
    asked = bench.wishes(["--n", "1000,100", "--only", "push,storm"])
    assert (asked.n, asked.only) == ((100, 1000), ("push", "storm"))


@pytest.mark.parametrize("arguments", [["--only", "pull"], ["--n", "2"], ["--n", "many"]])
def test_what_cannot_be_measured_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        bench.wishes(arguments)
