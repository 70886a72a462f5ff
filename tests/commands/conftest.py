"""A board that is led by two, for the tests of their histories."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.two_at_a_board import STATEMENTS, Check, Play, TwoAtABoard
from tests.world import make_world, running


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Runs a check at a board on which nobody has done anything yet; one application for all, until it is restarted."""
    with asyncio.Runner() as runner:
        two = runner.run(_at_a_board(tmp_path_factory.mktemp("any_history")))

        def at_a_new_board(check: Check, drawn: Any) -> None:
            two.begin_anew()
            runner.run(check(two, drawn))

        yield at_a_new_board
        two.close()
        runner.run(two.living.aclose())


async def _at_a_board(folder: Path) -> TwoAtABoard:
    living = contextlib.AsyncExitStack()
    world = await make_world(await living.enter_async_context(running(folder)), seats=1, mixing=False)
    await world.advance()
    await world.write_all(STATEMENTS)
    await world.advance()
    return TwoAtABoard(world, [world.moderator, await world.share_with("Jan")], await world.page(), living)
