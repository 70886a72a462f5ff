"""Phones hear of the themes they can choose where they are asked to propose one, and of nothing else on the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import proposals, themes
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.promises.watch import open_sockets, settle
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
ON, OFF = QuestionSettings("Wat nu?", takes_proposals=True), QuestionSettings("Wat nu?")


async def grouping(world: World) -> list[str]:
    await world.advance()
    await world.write_all(["a", "b", "c"])
    await world.advance_to(Phase.CLUSTER)
    return [await world.statement_id(text) for text in "abc"]


async def test_a_phone_is_told_of_a_new_theme_and_not_of_what_is_laid_under_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, [ON]) as world:
        chosen = await grouping(world)
        async with open_sockets(world, world.seats[0]) as sockets:
            await settle(world)
            sockets.forget()
            theme = await world.make_theme("Groen & grijs")
            await settle(world)
            assert "Groen &amp; grijs" in sockets.pushes("phone")
            sockets.forget()
            by = {"page": await world.page(), "moderator_id": world.moderator}
            await world.run(themes.put, **by, chosen=chosen, theme_id=theme)
            await settle(world)
            assert sockets.pushes("phone") == ""
            await world.run(themes.undo, page=await world.page(), moderator_id=world.moderator)
            await world.run(themes.undo, page=await world.page(), moderator_id=world.moderator)
            await settle(world)
            assert 'id="themes-to-choose"' in sockets.pushes("phone"), "a theme that goes by undo goes there too"
            assert "Groen" not in sockets.pushes("phone")


async def test_a_phone_that_is_not_asked_is_not_sent_a_theme(tmp_path: Path) -> None:
    async with a_world(tmp_path, [OFF]) as world:
        await grouping(world)
        async with open_sockets(world, world.seats[0]) as sockets:
            await settle(world)
            sockets.forget()
            await world.make_theme("Groen")
            await settle(world)
            assert sockets.pushes("phone") == ""
            await world.run(proposals.switch, page=await world.page(), taken=True)
            await settle(world)
            assert "Groen" in sockets.pushes("phone")
