"""The press: one file at a time, one for all who ask for the same, and never an old one for a new session."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.events import ActionItemsChanged, StatementsRedacted
from app.domain.report import Report
from app.exports import pdf_report
from app.exports.formats import Format
from app.exports.press import Job, Press
from app.exports.press_process import PROGRAM, NotMade
from app.exports.press_worker import Wanted
from app.store.owner_settings import OwnerSettings
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


def told(report: Report, language: str) -> bytes:
    """A format for which the press needs no time: who made it, at which priority, and of what."""
    return f"{os.getpid()} {os.nice(0)} {language} {len(report.attendees)}".encode()


def broken(report: Report, language: str) -> bytes:
    raise ValueError(report.title)


def shouting(report: Report, language: str) -> bytes:
    """What a library does that breaks down: it prints what it broke on."""
    for where in (1, 2):
        os.write(where, f"cannot read {report.title}\n".encode())
    print(report.title, file=sys.stderr, flush=True)
    logging.getLogger("typesetting").warning("drawn in plain letters")
    return b"made"


def ending(report: Report, language: str) -> bytes:
    """What the system does to a process where memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


@dataclass(frozen=True)
class Waiting:
    """A format that is not ready while a file is there."""

    gate: Path

    def __call__(self, report: Report, language: str) -> bytes:
        if not self.gate.exists():
            return b"without it"
        self.gate.write_text("reads")
        while self.gate.exists():
            time.sleep(0.01)
        return b"as it was"


TOLD = Format("told", "text/plain", told, aside=True)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        yield made


@pytest.fixture
async def press() -> AsyncIterator[Press]:
    made = Press()
    yield made
    await made.close()


def wanted(world: World, chosen: Format = TOLD, language: str = "nl") -> Wanted:
    path = world.app.state.parts.database.path
    return Wanted(chosen.write, path, world.session, language, OwnerSettings())


async def test_a_file_is_made_in_a_process_of_the_lowest_priority_that_stays_for_the_next(
    world: World, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exports.press_process.PROGRAM", PROGRAM)
    first = await press.order(TOLD, wanted(world), 1).made
    second = await press.order(TOLD, wanted(world), 2).made
    process, priority, *rest = first.decode().split()
    assert int(process) != os.getpid() and priority == "19" and rest == ["nl", "0"]
    assert second.split()[0] == first.split()[0]


async def test_a_real_report_comes_out_of_it(world: World, press: Press) -> None:
    made = await press.order(pdf_report.FORMAT, wanted(world, pdf_report.FORMAT), 1).made
    assert made.startswith(b"%PDF")


async def test_a_second_press_while_it_is_made_or_just_was_makes_no_second_one(world: World, press: Press) -> None:
    job = press.order(TOLD, wanted(world), 1)
    assert press.order(TOLD, wanted(world), 1) is job
    await job.made
    assert press.order(TOLD, wanted(world), 1) is job


async def test_one_that_waits_is_made_of_the_session_as_it_is_by_then(world: World, press: Press) -> None:
    running = press.order(TOLD, wanted(world), 1)
    await asyncio.sleep(0)
    waiting = press.order(TOLD, wanted(world, language="en"), 1)
    assert press.order(TOLD, wanted(world, language="en"), 2) is waiting
    assert press.ahead_of(waiting) == 1 and press.ahead_of(running) == 0
    await waiting.made
    assert press.order(TOLD, wanted(world, language="en"), 2) is waiting


async def test_sessions_take_turns_so_that_many_files_of_one_keep_another_waiting_for_one(
    world: World, press: Press
) -> None:
    order: list[tuple[int, int | None]] = []

    def ask(session: int, question: int) -> Job:
        job = press.order(TOLD, replace(wanted(world), session_id=session, question=question), 1)
        job.made.add_done_callback(lambda _made: order.append((session, question)))
        return job

    first, second, third = world.session, world.session + 1, world.session + 2
    many = [ask(first, number) for number in range(1, 9)]
    await asyncio.sleep(0)
    few = [ask(second, 1), ask(second, 2), ask(third, 1)]
    assert [press.ahead_of(job) for job in few] == [1, 4, 2]
    assert [press.ahead_of(job) for job in many] == [0, 3, 5, 6, 7, 8, 9, 10]
    await asyncio.wait([job.made for job in (*many, *few)])
    later = [(first, number) for number in range(3, 9)]
    assert order == [(first, 1), (second, 1), (third, 1), (first, 2), (second, 2), *later]


async def test_something_small_waits_for_the_file_of_now_and_for_no_other(
    world: World, press: Press, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    chosen = replace(TOLD, name="slow", write=Waiting(gate))
    jobs = [press.order(chosen, wanted(world, chosen), 1)]
    jobs += [press.order(TOLD, wanted(world, language=language), 1) for language in ("nl", "en")]
    while gate.read_text() != "reads":
        await asyncio.sleep(0.01)
    between = asyncio.create_task(press.make_between(wanted(world)))
    await asyncio.sleep(0)
    gate.unlink()
    assert await between and jobs[0].made.done() and not jobs[2].made.done()
    await asyncio.wait([job.made for job in jobs])


async def test_a_session_that_changed_since_gets_a_new_file(world: World, press: Press) -> None:
    before = press.order(TOLD, wanted(world), 1)
    await before.made
    assert press.order(TOLD, wanted(world), 2) is not before
    renamed = replace(wanted(world), own=OwnerSettings(organisation="Gemeente"))
    assert press.order(TOLD, renamed, 1) is not before


async def test_what_participants_may_read_is_never_the_file_with_the_attendees(world: World, press: Press) -> None:
    whole = press.order(TOLD, wanted(world), 1)
    assert press.order(TOLD, replace(wanted(world), with_attendees=False), 1) is not whole


async def test_what_was_left_out_is_in_no_file_that_was_made_before(world: World, press: Press) -> None:
    job = press.order(TOLD, wanted(world), 1)
    await job.made
    press.note(world.session + 1, 2, [StatementsRedacted()])
    press.note(world.session, 2, [ActionItemsChanged()])
    assert press.find(world.session, job.token) is job
    press.note(world.session, 2, [StatementsRedacted()])
    assert press.find(world.session, job.token) is None
    assert press.order(TOLD, wanted(world), 1) is not job


async def test_a_file_that_is_being_made_while_something_is_left_out_is_made_once_more(
    world: World, press: Press, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    chosen = replace(TOLD, write=Waiting(gate))
    job = press.order(chosen, wanted(world, chosen), 1)
    while gate.exists() and gate.read_text() != "reads":
        await asyncio.sleep(0.01)
    press.note(world.session, 2, [StatementsRedacted()])
    gate.unlink()
    assert await job.made == b"without it"


async def test_an_error_is_told_and_logged_without_what_anybody_wrote(
    world: World, press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = replace(TOLD, write=broken)
    job = press.order(chosen, wanted(world, chosen), 1)
    with pytest.raises(NotMade, match="^ValueError$"):
        await job.made
    assert "ValueError" in caplog.text and "wijk" not in caplog.text
    assert press.order(chosen, wanted(world, chosen), 1) is not job
    assert await press.order(TOLD, wanted(world), 1).made


async def test_what_a_library_prints_of_a_report_is_in_no_log(
    world: World, press: Press, capfd: pytest.CaptureFixture[str]
) -> None:
    chosen = replace(TOLD, write=shouting)
    assert await press.order(chosen, wanted(world, chosen), 1).made == b"made"
    await press.close()
    printed = "".join(capfd.readouterr())
    assert "WARNING typesetting: drawn in plain letters" in printed and "wijk" not in printed


async def test_a_process_that_was_ended_meanwhile_is_started_again(world: World, press: Press) -> None:
    made = await press.order(TOLD, wanted(world), 1).made
    os.kill(int(made.split()[0]), signal.SIGKILL)
    again = await press.order(TOLD, wanted(world), 2).made
    assert again.split()[0] != made.split()[0]


async def test_a_file_that_ends_the_process_each_time_is_given_up(world: World, press: Press) -> None:
    chosen = replace(TOLD, write=ending)
    with pytest.raises(NotMade):
        await press.order(chosen, wanted(world, chosen), 1).made


async def test_a_job_is_found_by_its_own_session_only(world: World, press: Press) -> None:
    job = press.order(TOLD, wanted(world), 1)
    assert press.find(world.session, job.token) is job
    assert press.find(world.session + 1, job.token) is None
    assert press.find(world.session, "else") is None
