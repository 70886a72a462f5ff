"""`make soak`: simulated phones that lose their line for minutes on end, and the question whether anything is lost."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.load.soak.compare import Verdict
from tests.load.soak.run import Run

MOST_FINDINGS = 20
PLANT_EVERY = 100


def main() -> int:
    """Prints the counts and, last, the verdict; 1 when anything is lost, doubled or stuck."""
    wishes = _read_wishes()
    print(f"{wishes.phones} phones for {wishes.minutes:g} minutes, --seed {wishes.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="moderato-soak-") as place:
        run = Run(
            Path(place) / "data",
            wishes.seed,
            wishes.minutes * 60,
            wishes.phones,
            plant_every=PLANT_EVERY if wishes.plant else 0,
        )
        verdict = asyncio.run(run.play())
    print(run.counts)
    print(f"{'shown otherwise than stored':<32}{len(verdict.differing):>8}")
    _print_findings(verdict)
    print(verdict)
    return 0 if verdict.is_clean else 1


def _read_wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--plant", action="store_true", help="mark one statement in a hundred sent, undelivered")
    return parser.parse_args()


def _print_findings(verdict: Verdict) -> None:
    for kind in ("lost", "doubled", "stuck", "differing"):
        findings = getattr(verdict, kind)
        for finding in findings[:MOST_FINDINGS]:
            print(f"{kind}: {finding}")
        if len(findings) > MOST_FINDINGS:
            print(f"{kind}: and {len(findings) - MOST_FINDINGS} more")


if __name__ == "__main__":
    sys.exit(main())
