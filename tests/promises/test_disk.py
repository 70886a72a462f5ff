"""What stays keeps the promises."""

import pytest

from tests.promises import disk
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "check",
    [
        disk.check_disk,
        disk.check_deleted_at_once,
        disk.check_nobody_waits_for_readers,
        disk.check_backup,
        disk.check_deleted_for_good,
        disk.check_acknowledged,
        disk.check_power_cut,
        disk.check_log,
    ],
    ids=lambda check: check.__name__,
)
async def test_the_promise_holds(tmp_path, check):
    async with a_world(tmp_path) as world:
        await check(world)
