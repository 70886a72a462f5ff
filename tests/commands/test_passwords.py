"""Hashing a password never takes the machine from the people in the room."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from app.commands import passwords
from app.domain.refusals import Refusal

pytestmark = pytest.mark.anyio


class Busy:
    """A hasher that counts how many work at once."""

    def __init__(self) -> None:
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def verify(self, password: str, hashed: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.005)
        with self.lock:
            self.now -= 1
        return password == hashed


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Busy:
    made = Busy()
    monkeypatch.setattr(passwords, "_HASHER", made)
    return made


async def test_strangers_passwords_are_looked_at_one_by_one(busy: Busy) -> None:
    known = [passwords.is_right("x", "x", is_known=True) for _ in range(5)]
    await asyncio.gather(*(passwords.is_right("x", "x") for _ in range(40)), *known)
    assert busy.most == 2


async def test_a_known_browser_does_not_stand_in_line_behind_strangers(busy: Busy) -> None:
    strangers = [asyncio.create_task(passwords.is_right("x", "x")) for _ in range(60)]
    await asyncio.sleep(0)
    assert await passwords.is_right("x", "x", is_known=True)
    assert sum(not one.done() for one in strangers) > 30
    await asyncio.gather(*strangers)


async def test_more_strangers_than_can_be_served_are_asked_to_wait(busy: Busy) -> None:
    tries = [passwords.is_right("x", "x") for _ in range(passwords.MOST_STRANGERS_WAITING + 10)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 10
    assert await passwords.is_right("x", "x")


@pytest.mark.parametrize("hashed", [None, ""])
async def test_an_account_that_is_not_there_or_has_no_password_opens_for_nobody(hashed: str | None) -> None:
    for password in ("", "nobody", "een lang wachtwoord"):
        assert not await passwords.is_right(password, hashed)
