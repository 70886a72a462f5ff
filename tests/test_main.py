"""What works for ever beside the requests: nobody waits for it, so the log says when it ends."""

import asyncio

import pytest

from app.store import write_ahead
from tests.world import running

pytestmark = pytest.mark.anyio
SAID = "a part of the server has stopped; start it again"


async def test_what_ends_that_should_work_for_ever_is_in_the_log(tmp_path, monkeypatch, caplog):
    async def broken(_path):
        raise ZeroDivisionError

    monkeypatch.setattr(write_ahead, "keep_short", broken)
    async with running(tmp_path):
        async with asyncio.timeout(20):
            while SAID not in caplog.text:
                await asyncio.sleep(0)
    assert [line.levelname for line in caplog.records if line.message == SAID] == ["CRITICAL"]


async def test_a_server_that_stops_says_nothing_of_the_kind(tmp_path, caplog):
    async with running(tmp_path):
        pass
    assert SAID not in caplog.text
