"""kill -9 under a storm: everything acknowledged is stored once, everything else once or not at all."""

from __future__ import annotations

import pytest

from tests.faults.killing import check_kills
from tests.faults.served import a_session

pytestmark = pytest.mark.anyio


async def test_twenty_kills_in_a_row_lose_and_double_nothing_and_the_outboxes_finish_the_job(tmp_path):
    async with a_session(tmp_path) as served:
        await check_kills(served, kills=20)


@pytest.mark.parametrize("fault", ["answers_before_the_commit", "forgets_receipts_at_a_restart"])
async def test_a_server_that_loses_or_doubles_is_noticed(tmp_path, fault):
    async with a_session(tmp_path, fault) as served:
        with pytest.raises(AssertionError, match="lost|twice|nobody"):
            await check_kills(served, kills=3)
