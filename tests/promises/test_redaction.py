"""What is left out keeps the promises."""

import pytest

from tests.promises import redaction
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "check",
    [
        redaction.check_redacted,
        redaction.check_memory,
        redaction.check_redacted_after_the_end,
        redaction.check_it_never_comes_back,
        redaction.check_nobody_sees_who_asks,
        redaction.check_others_are_not_searched,
    ],
    ids=lambda check: check.__name__,
)
async def test_the_promise_holds(tmp_path, check):
    async with a_world(tmp_path) as world:
        await check(world)
