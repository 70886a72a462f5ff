"""What many ask for at once is read once, and no longer believed than a moment."""

from __future__ import annotations

import asyncio

import pytest

from app.web import for_a_moment
from app.web.for_a_moment import ForAMoment

pytestmark = pytest.mark.anyio


class Source:
    """Something that is read slowly, and changes."""

    def __init__(self) -> None:
        self.value: str | None = "eerst"
        self.readings = 0
        self.may_end = asyncio.Event()

    async def read(self) -> str | None:
        self.readings += 1
        value = self.value
        await self.may_end.wait()
        return value


@pytest.fixture
def a_long_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(for_a_moment, "SECONDS", 600.0)


async def test_all_who_ask_at_once_wait_for_one_reading(a_long_moment: None) -> None:
    source, kept = Source(), ForAMoment[str, str]()
    asking = [asyncio.create_task(kept.get("sessie", source.read)) for _ in range(50)]
    await asyncio.sleep(0)
    source.may_end.set()
    assert await asyncio.gather(*asking) == ["eerst"] * 50
    assert await kept.get("sessie", source.read) == "eerst"
    assert source.readings == 1


async def test_who_hangs_up_takes_nothing_from_the_others(a_long_moment: None) -> None:
    source, kept = Source(), ForAMoment[str, str]()
    first, second = (asyncio.create_task(kept.get("sessie", source.read)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    source.may_end.set()
    assert await second == "eerst"


@pytest.mark.parametrize("by_key", [True, False])
async def test_what_has_changed_is_read_anew_by_who_asks_from_then_on(a_long_moment: None, by_key: bool) -> None:
    source, kept = Source(), ForAMoment[str, str]()
    early = asyncio.create_task(kept.get("sessie", source.read))
    while not source.readings:
        await asyncio.sleep(0)
    source.value = "daarna"
    if by_key:
        kept.forget("sessie")
    else:
        kept.forget_where(lambda value: value == "eerst")
    source.may_end.set()
    assert await kept.get("sessie", source.read) == "daarna"
    assert await early == "eerst"
    assert await kept.get("sessie", source.read) == "daarna", "the reading that began earlier was kept"


async def test_what_was_kept_is_forgotten_where_it_is_meant(a_long_moment: None) -> None:
    source, kept = Source(), ForAMoment[str, str]()
    source.may_end.set()
    await kept.get("sessie", source.read)
    source.value = "daarna"
    kept.forget_where(lambda value: value == "iets anders")
    assert await kept.get("sessie", source.read) == "eerst"
    kept.forget_where(lambda value: value == "eerst")
    assert await kept.get("sessie", source.read) == "daarna"


async def test_after_its_moment_nothing_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(for_a_moment, "SECONDS", 0.0)
    source, kept = Source(), ForAMoment[str, str]()
    source.may_end.set()
    await kept.get("sessie", source.read)
    for _ in range(5):
        await asyncio.sleep(0)
    assert not kept._kept and not kept._being_read


async def test_what_is_not_there_and_what_could_not_be_read_is_asked_for_each_time(a_long_moment: None) -> None:
    source, kept = Source(), ForAMoment[str, str]()
    source.may_end.set()
    source.value = None
    for _ in range(2):
        assert await kept.get("sessie", source.read) is None
    assert source.readings == 2

    async def broken() -> str:
        raise OSError("unreadable")

    with pytest.raises(OSError, match="unreadable"):
        await kept.get("sessie", broken)
    source.value = "daarna"
    assert await kept.get("sessie", source.read) == "daarna"
