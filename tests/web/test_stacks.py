"""The doors of stacks, and what the control room is told: which ids say the same, whatever themes they are under."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.commands import themes
from tests.web.test_leading_together import HTMX, fields, post
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
SAME = ["Meer groen", "meer groen!", "Meer groen"]


async def to_the_board(world: World) -> None:
    await world.advance()
    await world.write_all([*SAME, "anders"])
    await world.advance()


def stacks_in(page: str) -> list[list[str]]:
    (told,) = set(re.findall(r'data-stacks="([^"]*)"', page))
    return [stack.split() for stack in told.split(",") if stack]


async def test_a_stack_is_told_taken_apart_and_stacked_again(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        page = (await laptop.get(f"/sessions/{world.session}/control-room")).text
        (stack,) = stacks_in(page)
        assert len(stack) == 3 and "Stapel gelijke uitspraken weer" not in page
        assert sum(page.count(f'id="statement-{key}"') for key in stack) == 3

        answer = await post(laptop, world, "/stacks/apart", await fields(world, statement=stack), **HTMX)
        assert stacks_in(answer.text) == [] and "Stapel gelijke uitspraken weer" in answer.text
        answer = await post(laptop, world, "/stacks/again", await fields(world), **HTMX)
        assert stacks_in(answer.text) == [stack]


async def test_a_stack_is_the_same_whatever_theme_its_statements_are_under(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        (before,) = stacks_in((await laptop.get(f"/sessions/{world.session}/control-room")).text)
        theme = await world.make_theme("Groen")
        moved = {"chosen": before[:1], "theme_id": theme}
        await world.run(themes.put, page=await world.page(), moderator_id=world.moderator, **moved)
        assert stacks_in((await laptop.get(f"/sessions/{world.session}/control-room")).text) == [before]


async def test_every_original_of_a_stack_is_in_the_report(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        (stack,) = stacks_in((await laptop.get(f"/sessions/{world.session}/control-room")).text)
        await post(laptop, world, "/themes", await fields(world, name="Groen", statement=stack), **HTMX)
        answer = await laptop.get(f"/sessions/{world.session}/report.csv")
        assert [answer.text.count(text) for text in ("Meer groen", "meer groen!")] == [2, 1]


async def test_somebody_else_takes_no_stack_apart(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop, world.phone() as stranger:
        await to_the_board(world)
        (stack,) = stacks_in((await laptop.get(f"/sessions/{world.session}/control-room")).text)
        answer = await post(stranger, world, "/stacks/apart", await fields(world, statement=stack), **HTMX)
        assert answer.status_code in (401, 403)
