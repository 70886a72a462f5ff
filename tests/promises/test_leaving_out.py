"""What is left out keeps the promises."""

import pytest

from tests.promises import leaving_out
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "check",
    [
        leaving_out.check_left_out,
        leaving_out.check_memory,
        leaving_out.check_left_out_after_the_end,
        leaving_out.check_it_never_comes_back,
        leaving_out.check_nobody_sees_who_asks,
    ],
    ids=lambda check: check.__name__,
)
async def test_the_promise_holds(tmp_path, check):
    async with a_world(tmp_path) as world:
        await check(world)
