"""Guessing passwords leads nowhere, and the rightful owner gets in all the while."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Coroutine
from typing import Any

import pytest

from app.domain.refusals import Refusal
from app.web.attempts import ACCOUNT_TURN_SECONDS, FREE_FOR_ACCOUNT, FREE_FROM_KNOWN_BROWSER, Attempts
from tests.world import EMAIL

pytestmark = pytest.mark.anyio
HOUR = 3600.0
# What strangers together may try on one account in an hour, from however many addresses.
MOST_AN_HOUR = FREE_FOR_ACCOUNT + HOUR / ACCOUNT_TURN_SECONDS + 1
ATTACKER = "203.0.113.9"


class Clock:
    """Time that goes on when everybody waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self._numbers = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, next(self._numbers), future))
        await future

    async def run(self, seconds: float) -> None:
        """Let time pass, waking who slept long enough, in order."""
        until = self.now + seconds
        await settle()
        while self._sleepers and min(self._sleepers)[0] <= until:
            woken_at, number, future = min(self._sleepers)
            self._sleepers.remove((woken_at, number, future))
            self.now = max(self.now, woken_at)
            future.set_result(None)
            await settle()
        self.now = until


async def settle() -> None:
    for _ in range(6):
        await asyncio.sleep(0)


async def passes(attempt: Coroutine[Any, Any, None]) -> bool:
    try:
        await attempt
    except Refusal:
        return False
    return True


async def attack(attempts: Attempts, clock: Clock, addresses: list[str], tries: int, seconds: float) -> int:
    """So many tries on the owner's account, spread over a time; how many had their password looked at."""
    tasks = []
    for number in range(tries):
        tasks.append(asyncio.create_task(passes(attempts.begin(addresses[number % len(addresses)], EMAIL))))
        await clock.run(seconds / tries)
    await clock.run(120)
    assert all(task.done() for task in tasks)
    return sum(task.result() for task in tasks)


@pytest.mark.parametrize("addresses", [1, 7, 300])
async def test_nobody_tries_more_than_so_many_passwords_an_hour(addresses: int) -> None:
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    some = [f"198.51.{number // 250}.{number % 250}" for number in range(addresses)]
    looked_at = await attack(attempts, clock, some, tries=2000, seconds=HOUR - 120)
    assert looked_at <= MOST_AN_HOUR


async def test_a_thousand_wrong_tries_from_the_same_address_do_not_stop_a_known_browser() -> None:
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    tasks = [asyncio.create_task(passes(attempts.begin(ATTACKER, EMAIL))) for _ in range(1000)]
    await settle()
    # No time passes: it does not even wait.
    assert await passes(attempts.begin(ATTACKER, EMAIL, known_hash="the owner's"))
    assert clock.now == 0.0
    await clock.run(HOUR)
    assert all(task.done() for task in tasks)


async def test_a_new_browser_elsewhere_gets_its_turn_during_an_attack() -> None:
    random.seed(4)
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    attacker = asyncio.create_task(attack(attempts, clock, [ATTACKER], tries=3000, seconds=HOUR))
    await settle()
    got_in = 0
    for _ in range(30):
        owner = asyncio.create_task(passes(attempts.begin("192.0.2.1", EMAIL)))
        for _ in range(200):
            if owner.done():
                break
            await settle()
        got_in += owner.result()
    attacker.cancel()
    # Each attempt takes part in two or three draws between two groups.
    assert got_in >= 20


async def test_a_new_browser_behind_the_attacked_address_can_get_a_turn() -> None:
    random.seed(1)
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    guesses = [asyncio.create_task(passes(attempts.begin(ATTACKER, EMAIL))) for _ in range(12)]
    await settle()
    assert all(guess.done() for guess in guesses[:FREE_FOR_ACCOUNT])
    owner = asyncio.create_task(passes(attempts.begin(ATTACKER, EMAIL)))
    await clock.run(60)
    assert owner.result()


async def test_a_known_browser_guesses_no_faster_than_strangers() -> None:
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    tries = [asyncio.create_task(passes(attempts.begin("192.0.2.1", EMAIL, "stolen"))) for _ in range(40)]
    await settle()
    assert sum(one.done() for one in tries) == FREE_FROM_KNOWN_BROWSER
    await clock.run(HOUR)
    assert sum(one.result() for one in tries) < 20


async def test_an_attempt_that_was_right_does_not_count() -> None:
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    for _ in range(100):
        await attempts.begin("192.0.2.1", EMAIL)
        attempts.was_right("192.0.2.1", EMAIL)


async def test_one_attack_is_not_felt_by_other_accounts() -> None:
    clock = Clock()
    attempts = Attempts(clock, clock.sleep)
    guesses = [asyncio.create_task(passes(attempts.begin(ATTACKER, EMAIL))) for _ in range(100)]
    await settle()
    assert await passes(attempts.begin("192.0.2.1", "ander@example.org"))
    await clock.run(HOUR)
    assert all(guess.done() for guess in guesses)
