"""Faults that show when everything comes at once."""

from __future__ import annotations

from typing import Any

from pytest import MonkeyPatch

from app.commands import ballots, run, statements
from app.domain import ballots as rules


def a_budget_that_is_not_checked(plant: MonkeyPatch) -> None:
    def generous(points: Any, themes: Any, budget: int, limit: Any) -> Any:
        return rules.check_allocation(points, themes, budget + 1, limit)

    plant.setattr(ballots, "check_allocation", generous)


def the_last_to_arrive_wins(plant: MonkeyPatch) -> None:
    plant.setattr(ballots, "is_newer", lambda revision, standing: True)


def a_close_that_is_not_noticed(plant: MonkeyPatch) -> None:
    plant.setattr(statements, "comes_late", lambda *_: False)


def late_statements_that_are_dropped(plant: MonkeyPatch) -> None:
    real = statements.submit_all

    async def forgetful(db: Any, session: Any, waiting: Any, batches: Any) -> Any:
        outcomes = await real(db, session, waiting, batches)
        for item, outcome in zip(waiting, outcomes, strict=True):
            if getattr(outcome, "answer", {}) and outcome.answer["status"] == "held":
                made = await statements.stored.by_receipts(db, [statements.anonymity.hash_receipt(item["receipt"])])
                for row in made.values():
                    await db.delete(row)
        return outcomes

    plant.setitem(run.HOT, statements.submit, forgetful)
