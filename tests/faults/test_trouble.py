"""A full disk, one that may only be read, a lock of another program: nothing acknowledged is lost, and it passes."""

from __future__ import annotations

import pytest

from tests.faults.served import a_session
from tests.faults.troubles import a_full_disk, a_small_disk, check_trouble, locked, no_larger_file, read_only

pytestmark = pytest.mark.anyio


async def test_a_full_disk_loses_nothing_and_passes(tmp_path):
    with a_small_disk(tmp_path / "disk") as data:
        async with a_session(tmp_path, data=data) as served:
            # Where nothing may be mounted, the largest file that the server may write is bounded instead.
            await check_trouble(served, a_full_disk if data else no_larger_file)


async def test_a_used_up_share_of_the_disk_loses_nothing_and_passes(tmp_path):
    async with a_session(tmp_path) as served:
        await check_trouble(served, no_larger_file)


async def test_a_disk_that_may_only_be_read_loses_nothing_and_passes(tmp_path):
    async with a_session(tmp_path, "turns_read_only") as served:
        await check_trouble(served, read_only)


async def test_a_lock_of_another_program_loses_nothing_and_passes(tmp_path):
    async with a_session(tmp_path) as served:
        await check_trouble(served, locked)


@pytest.mark.parametrize(
    ("fault", "notices"),
    [
        ("acknowledges_what_failed", "stored"),
        ("never_believes_that_it_works_again", "by itself"),
        ("tells_nobody_who_leads", "says nothing"),
        ("logs_each_request", "more than one line"),
    ],
)
async def test_a_server_that_breaks_this_promise_is_noticed(tmp_path, fault, notices):
    async with a_session(tmp_path, fault) as served:
        with pytest.raises(AssertionError, match=notices):
            await check_trouble(served, no_larger_file, patience=4)
