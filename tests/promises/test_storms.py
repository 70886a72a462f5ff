"""What comes all at once keeps the promises."""

import pytest

from tests.promises import storms
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("check", [storms.check_one_ballot, storms.check_phase_ends], ids=lambda check: check.__name__)
async def test_the_promise_holds(tmp_path, check):
    async with a_world(tmp_path) as world:
        await check(world)
