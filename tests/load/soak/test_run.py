"""A short run against real servers: nothing is lost, and what is marked sent without being delivered is noticed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.load.soak.compare import Verdict
from tests.load.soak.run import Run

SECONDS, PHONES, SEED = 4.0, 5, 2005


def test_a_short_run_loses_nothing_and_one_with_a_planted_fault_does(tmp_path: Path) -> None:
    options = {"seconds": SECONDS, "phones": PHONES, "kills": 0, "thoughts": 3}
    sound = Run(tmp_path / "sound", SEED, **options)  # type: ignore[arg-type]
    planted = Run(tmp_path / "planted", SEED, plant_every=3, **options)  # type: ignore[arg-type]

    async def both() -> list[Verdict]:
        return await asyncio.gather(sound.play(), planted.play())

    verdict, bitten = asyncio.run(both())
    assert sound.counts["statements written"] and sound.counts["allocations confirmed"]
    assert (verdict.lost, verdict.doubled, verdict.stuck) == ([], [], [])
    assert planted.counts["marked sent, never delivered"] and not bitten.is_clean
