"""A short run against a real server: nothing is lost, and what is marked sent without being delivered is noticed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.load.run import Run

SECONDS, PHONES, SEED = 6.0, 5, 2005


@pytest.mark.parametrize("plant_every", [0, 4], ids=["as it is", "with a planted fault"])
def test_a_short_run_loses_doubles_and_leaves_nothing_unless_it_is_planted(tmp_path: Path, plant_every: int):
    run = Run(tmp_path / "data", SEED, SECONDS, PHONES, kills=0, plant_every=plant_every)
    verdict = asyncio.run(run.play())
    assert run.counts["statements written"] and run.counts["allocations confirmed"]
    findings = (verdict.lost, verdict.doubled, verdict.stuck)
    if plant_every:
        assert run.counts["marked sent, never delivered"] and verdict.lost
    else:
        assert findings == ([], [], [])
