"""One reader that stops and twenty on a slow line delay nobody: others get every push, and every acknowledgement."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvloop

from tests.faults.reader import FAST, Reader
from tests.load import join
from tests.load.evening import Evening, in_turns
from tests.load.figures import Uses
from tests.load.lead import Asked, Lead, make_account
from tests.load.load import raise_file_limit
from tests.load.plan import Plan
from tests.server import Server

SLOW, BYTES_A_SECOND = 20, 20_000 // 8
# Each turn is a whole screen; after these many no more fits between the server and somebody who does not read.
TURNS_UNTIL_FULL, TURNS = 30, 20
WRITERS = 20
PATIENCE = 20.0


@asynccontextmanager
async def an_evening(folder: Path, people: int, command: Sequence[str]) -> AsyncIterator[Evening]:
    server = Server(folder / "data", command=tuple(command))
    server.start()
    lead = Lead(server.url)
    night = Evening(Plan(), Uses(), server, lead, folder / "unused")
    try:
        await make_account(server.url, server.set_up_link)
        await lead.sign_in()
        await lead.prepare("Een avond", [Asked("Wat gaat er goed in de wijk, en wat kan beter? " * 6)], False)
        await join.let_in(night, people)
        await lead.begin_next()
        await night.settle()
        yield night
    finally:
        await lead.close()
        for phone in night.phones:
            await phone.leave()
        server.kill()


@asynccontextmanager
async def slow_readers(night: Evening) -> AsyncIterator[tuple[Reader, list[Reader]]]:
    """One that stops reading before anything comes, and twenty on a slow line."""
    seats = [night.new_phone() for _ in range(SLOW + 1)]
    await in_turns(lambda seat=seat: seat.join(night.lead.join_key) for seat in seats)  # type: ignore[misc]
    readers = [Reader(night.server.url, seat.path, f"seat={seat.token}") for seat in seats]
    for seat, reader in zip(seats, readers, strict=True):
        seat.socket.drop()
        await reader.open()
    for reader in readers[1:]:
        reader.bytes_a_second = BYTES_A_SECOND
    reading = [asyncio.create_task(reader.read_on()) for reader in readers[1:]]
    try:
        yield readers[0], readers[1:]
    finally:
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        for seat, reader in zip(seats, readers, strict=True):
            reader.close()
            await seat.leave()


async def one_turn(night: Evening, turn: int) -> tuple[int, int]:
    """An action is agreed, and people write: how many had the new screen, and how many statements were acknowledged."""
    question, arrivals = int(night.lead.room.where[0]), night.expect()
    await night.lead.agree(f"Actie {turn}")
    await asyncio.wait_for(arrivals.complete.wait(), PATIENCE)
    # Others each time: nobody may write ten in a minute.
    first = turn * WRITERS % len(night.phones)
    writing = [phone.write(question, f"Een gedachte bij {turn}.") for phone in night.phones[first : first + WRITERS]]
    acknowledged = await asyncio.wait_for(asyncio.gather(*writing), PATIENCE)
    return len(arrivals.times), len(acknowledged)


async def everybody_hears(folder: Path) -> dict[str, Any]:
    async with an_evening(folder, 500, ("-m", "app.cli", "run")) as night, slow_readers(night) as (stopped, slow):
        heard = [await one_turn(night, turn) for turn in range(TURNS_UNTIL_FULL + TURNS)]
        backlog = max(reader.seq for reader in slow) < night.seq
        # Whoever reads again gets on: what was in the way, then one whole screen, or a close on which pages return.
        reads_again = asyncio.create_task(stopped.read_on())
        for reader in slow:
            reader.bytes_a_second = FAST
        are_current = await _all_are_current([stopped, *slow], night.seq)
        reads_again.cancel()
        one = night.phones[-1].socket
        return {
            "heard": heard,
            "were behind": backlog,
            "are current": are_current,
            "bytes of who stopped": stopped.heard,
            "bytes of others": one.bytes,
        }


async def _all_are_current(readers: Sequence[Reader], seq: int) -> bool:
    for _ in range(300):
        if all(reader.is_closed or reader.seq >= seq for reader in readers):
            return True
        await asyncio.sleep(0.1)
    return False


def test_readers_that_stop_or_are_slow_delay_nobody(tmp_path: Path) -> None:
    raise_file_limit()
    seen = uvloop.run(everybody_hears(tmp_path))
    assert seen["heard"] == [(500, WRITERS)] * (TURNS_UNTIL_FULL + TURNS)
    assert seen["were behind"], "the lines were not slow enough to be in anybody's way"
    assert seen["are current"]
    assert seen["bytes of who stopped"] < seen["bytes of others"] / 2, "a backlog was kept for who does not read"


async def nobody_hears(folder: Path) -> int:
    """With the fault: how many turns it took until the others stopped hearing."""
    async with an_evening(folder, 5, ("-m", "tests.faults.waiting_for_each")) as night, slow_readers(night):
        for turn in range(TURNS_UNTIL_FULL + TURNS):
            try:
                await asyncio.wait_for(one_turn(night, turn), 3.0)
            except TimeoutError:
                return turn
        return TURNS_UNTIL_FULL + TURNS


def test_a_server_that_waits_for_each_reader_is_noticed(tmp_path: Path) -> None:
    assert uvloop.run(nobody_hears(tmp_path)) < TURNS_UNTIL_FULL
