"""SIGTERM: new work is refused, the last batch is finished, sockets close with 1012, all is over in five seconds."""

from __future__ import annotations

import signal

import httpx
import pytest

from tests.faults.ending import check_end_in_a_storm, check_slow_report, check_taken_is_finished
from tests.faults.served import a_session

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("signals", "open_sockets"),
    [([signal.SIGTERM, signal.SIGTERM], 200), ([signal.SIGINT], 12)],
    ids=["SIGTERM twice", "SIGINT"],
)
async def test_a_signal_in_a_storm_loses_nothing_and_everybody_may_come_back(tmp_path, signals, open_sockets):
    async with a_session(tmp_path, seats=12) as served:
        await check_end_in_a_storm(served, signals, open_sockets)


async def test_what_was_taken_is_finished_and_what_comes_then_is_told_to_come_back(tmp_path):
    async with a_session(tmp_path) as served:
        await check_taken_is_finished(served)


async def test_a_report_that_takes_a_minute_is_not_waited_for(tmp_path):
    async with a_session(tmp_path, "makes_slow_reports") as served:
        await check_slow_report(served)


@pytest.mark.parametrize(
    ("fault", "check"),
    [("stops_without_finishing", check_taken_is_finished), ("waits_for_everything", check_slow_report)],
    ids=["stops_without_finishing", "waits_for_everything"],
)
async def test_a_server_that_breaks_this_promise_is_noticed(tmp_path, fault, check):
    async with a_session(tmp_path, fault) as served:
        with pytest.raises((AssertionError, httpx.TransportError)):
            await check(served)
