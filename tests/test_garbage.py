"""What is young is collected all the time, what is older while nobody writes, and everything when people have left."""

import gc

import pytest

from app import garbage

pytestmark = pytest.mark.anyio


class Enough(Exception):
    """The story is over."""


async def collections(monkeypatch, crowd, minutes=1.0):
    """After which look there was a full collection, with so many sockets open at each look; looks are minutes apart."""
    looks, done, now = iter(crowd), [], [0.0]
    seen = 0

    async def sleep(_seconds):
        now[0] += 60.0 * minutes

    def open_sockets():
        nonlocal seen
        seen += 1
        try:
            return next(looks)
        except StopIteration:
            raise Enough from None

    monkeypatch.setattr(garbage, "keep_what_is_here", lambda: None)
    monkeypatch.setattr(garbage, "monotonic", lambda: now[0])
    monkeypatch.setattr(garbage.asyncio, "sleep", sleep)
    monkeypatch.setattr(gc, "collect", lambda: done.append(seen))
    with pytest.raises(Enough):
        await garbage.collect_in_quiet(open_sockets)
    return done


async def test_nothing_is_collected_while_people_are_here(monkeypatch):
    assert await collections(monkeypatch, [3, 2000, 5000, 5000, 4000, 51]) == []


async def test_it_is_collected_once_when_they_have_left(monkeypatch):
    assert await collections(monkeypatch, [2000, 5000, 12, 3, 0, 0]) == [3]


async def test_an_empty_server_has_nothing_to_collect(monkeypatch):
    assert await collections(monkeypatch, [0, 1, 3, 0, 2]) == []


async def test_a_server_that_is_never_empty_collects_once_a_day(monkeypatch):
    assert await collections(monkeypatch, [500] * 51, minutes=60.0) == [25, 50]


async def generations(monkeypatch, rests):
    """Which generations were collected, one look after another; at each the writer has rested or not."""
    looks, done, now = iter(rests), [], [0.0]

    async def sleep(seconds):
        now[0] += seconds
        if len(done) and done[-1] == "end":
            raise Enough

    def collect(generation):
        done.append((generation, round(now[0], 1)))

    def has_rested():
        try:
            return next(looks)
        except StopIteration:
            done.append("end")
            return False

    monkeypatch.setattr(garbage, "monotonic", lambda: now[0])
    monkeypatch.setattr(garbage.asyncio, "sleep", sleep)
    monkeypatch.setattr(gc, "collect", collect)
    with pytest.raises(Enough):
        await garbage.collect_little_and_often(has_rested)
    return done[:-1]


async def test_what_is_young_is_collected_ten_times_a_second(monkeypatch):
    done = await generations(monkeypatch, [False] * 10)
    assert [generation for generation, _ in done] == [0] * len(done)
    assert len(done) / done[-1][1] == pytest.approx(10, rel=0.1)


async def test_what_is_older_waits_until_nobody_writes(monkeypatch):
    done = await generations(monkeypatch, [False] * 30 + [True] + [False] * 5)
    assert [at for generation, at in done if generation == 1] == [13.1]


async def test_what_is_older_is_not_looked_at_again_and_again(monkeypatch):
    done = await generations(monkeypatch, [True, True, True])
    (first, second, third) = [at for generation, at in done if generation == 1]
    assert min(second - first, third - second) >= garbage.MIDDLE_SECONDS


async def test_python_has_its_own_thresholds_again_afterwards(monkeypatch):
    before = gc.get_threshold()
    await generations(monkeypatch, [False])
    assert gc.get_threshold() == before


def test_never_all_of_it_by_itself():
    before = gc.get_threshold()
    try:
        garbage.set_up()
        youngest, middle, oldest = gc.get_threshold()
    finally:
        gc.set_threshold(*before)
    assert youngest * middle <= 50_000, "a middle collection that looks at more is felt"
    assert youngest * middle * oldest > 10**9
