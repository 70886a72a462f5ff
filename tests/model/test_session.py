"""Whole sessions in any order against the model; and the faults that must make them differ."""

from __future__ import annotations

import asyncio
import inspect
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RULE_MARKER, run_state_machine_as_test

from tests.model import faults
from tests.model.machine import WholeSession
from tests.world import running

STEPS = 20
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "0"))
"""For a long run (`make model`): so many sessions, other ones each time; otherwise a few, always the same."""

WRITING = (1, {"write_and_change"})
LEADING = (3, {"lead_on", "turn_round"})
BOARD = (2, {"cluster", "go_over_the_history"})
HISTORY = (2, {"go_over_the_history"})
VOTING = (3, {"vote"})

NOTICED_BY = {
    faults.points_over_the_budget: VOTING,
    faults.an_older_allocation_that_wins: VOTING,
    faults.an_older_text_that_wins: WRITING,
    faults.undo_that_loses_the_order: BOARD,
    faults.undo_that_overwrites_what_another_did: BOARD,
    faults.undo_that_skips_where_the_rest_was_asked_for: BOARD,
    faults.a_place_between_others_that_is_not_kept_to: BOARD,
    faults.a_step_too_many: HISTORY,
    faults.moves_that_no_screen_hears_of: BOARD,
    faults.a_page_of_another_phase: LEADING,
    faults.a_move_on_what_another_has_moved: BOARD,
    faults.hidden_ones_that_are_left_behind: BOARD,
    faults.late_ones_that_come_in_alone: WRITING,
    faults.a_statement_that_is_never_shown: WRITING,
    faults.a_tally_that_is_kept_while_people_vote: VOTING,
    faults.an_archive_that_comes_in_without_its_loose_statements: BOARD,
}
"""How far a session is when the search for a fault begins, and by which rules it goes on."""


def how(examples: int, **more: object) -> settings:
    """Without a deadline or a memory of earlier runs."""
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.fixture
def machine(tmp_path: Path) -> type[WholeSession]:
    """The machine with a folder of its own, and an empty database in it to begin each session with."""
    asyncio.run(_prepare(tmp_path))
    return type("Session", (WholeSession,), {"folder": tmp_path})


async def _prepare(folder: Path) -> None:
    async with running(folder):
        """Migrated, and put away."""
    (folder / "moderato.db").rename(folder / "empty.db")


def test_any_order_of_acts_keeps_what_is_promised(machine):
    run_state_machine_as_test(machine, settings=how(EXAMPLES or 8, derandomize=not EXAMPLES))


def test_every_fault_is_looked_for():
    planted = [fault for name, fault in vars(faults).items() if getattr(fault, "__module__", "") == faults.__name__]
    assert set(planted) == set(NOTICED_BY)


def following_only(machine: type[WholeSession], names: set[str]) -> type[WholeSession]:
    """The machine without its other rules."""
    others = {name for name, rule in inspect.getmembers(machine) if hasattr(rule, RULE_MARKER)} - names
    return type("Session", (machine,), dict.fromkeys(others))


@pytest.mark.parametrize("fault", NOTICED_BY, ids=lambda fault: fault.__name__)
def test_a_fault_makes_the_session_and_the_model_differ(machine, monkeypatch, fault):
    fault(monkeypatch)
    presses, names = NOTICED_BY[fault]
    machine = following_only(machine, names)
    machine.firsts, machine.presses = ("open",), (presses,)
    with pytest.raises(AssertionError):
        # The first session that differs is enough; nobody reads the shortest one.
        run_state_machine_as_test(machine, settings=how(12, derandomize=True, phases=[Phase.generate]))
