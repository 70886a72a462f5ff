"""The board on the big screen follows each move, and costs what it shows and not what there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from app.commands import themes
from app.domain.events import Event
from app.domain.moves import Spot
from app.domain.presence import Presence
from app.screens import big_screen, refresh
from app.screens.big_screen_view import ShownBoard
from app.screens.render import render
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
TEXTS = [f"uitspraak {number}" for number in range(12)]


class Watched:
    """A world whose changes are noted, to be drawn for the big screen."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.events: list[Event] = []
        world.parts.writer._bus.subscribe(lambda _session, _seq, events: self.events.extend(events))

    async def do(self, act: Any, by: int | None = None, **arguments: Any) -> Any:
        """One act of a moderator; what happened before it is forgotten."""
        self.events.clear()
        moderator = by or self.world.moderator
        return await self.world.run(act, page=await self.world.page(), moderator_id=moderator, **arguments)

    async def put(self, texts: Sequence[str], theme: int | None, **arguments: Any) -> None:
        chosen = [await self.world.statement_id(text) for text in texts]
        await self.do(themes.put, chosen=chosen, theme_id=theme, **arguments)

    async def push(self) -> str:
        """What the big screens get of it."""
        row = await self.world.row()
        async with self.world.parts.database.reader() as db:
            drawn = await refresh.draw_changes(db, "big_screen", row, ["nl"], Presence(4), self.events)
        return drawn["nl"]


async def clustering(world: World, texts: Sequence[str] = TEXTS) -> Watched:
    await world.advance()
    await world.write_all(texts)
    await world.advance()
    return Watched(world)


def drawn_themes(push: str) -> set[int]:
    return {int(found) for found in re.findall(r'<section id="theme-(\d+)"', push)}


def counts(push: str) -> dict[int, int]:
    found = re.findall(
        r'<section id="theme-(\d+)".*?class="big-screen-theme-count" aria-hidden="true">(\d+)', push, re.S
    )
    return {int(theme): int(number) for theme, number in found}


async def test_a_move_draws_the_themes_it_touched_and_no_other(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        one, two, three = [
            await world.make_theme(name, TEXTS[at : at + 3]) for at, name in zip((0, 3, 6), "abc", strict=True)
        ]
        await room.put(TEXTS[6:7], one)
        push = await room.push()
        assert drawn_themes(push) == {one, three}
        assert f'data-order="{one} {two} {three}"' in push
        assert 'id="stage"' not in push


async def test_the_count_of_each_touched_theme_is_right(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        one, two = await world.make_theme("een", TEXTS[:3]), await world.make_theme("twee", TEXTS[3:5])
        await room.put(TEXTS[:2], two)
        assert counts(await room.push()) == {one: 1, two: 4}


async def test_moves_of_one_tick_are_drawn_once_and_all_that_moved_is_marked(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een")
        await room.put(TEXTS[:1], theme)
        first = list(room.events)
        await room.put(TEXTS[1:2], theme)
        room.events[:0] = first
        push = await room.push()
        assert push.count('<div id="themes"') == 1
        assert f'data-moved="{" ".join([await world.statement_id(text) for text in TEXTS[:2]])}"' in push


async def test_a_merge_takes_the_theme_out_of_the_order(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        one, two = await world.make_theme("een", TEXTS[:3]), await world.make_theme("twee", TEXTS[3:5])
        await room.do(themes.merge, theme_id=one, into=two)
        push = await room.push()
        assert f'data-order="{two}"' in push and counts(push) == {two: 5}
        await room.do(themes.undo)
        push = await room.push()
        assert f'data-order="{one} {two}"' in push and counts(push) == {one: 3, two: 2}


async def test_what_is_hidden_is_in_no_push_and_not_counted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een", TEXTS[:3])
        await room.do(themes.hide, chosen=[await world.statement_id(TEXTS[1])], hidden=True)
        push = await room.push()
        assert counts(push) == {theme: 2}
        assert TEXTS[1] not in push and await world.statement_id(TEXTS[1]) not in push


async def test_a_step_taken_back_draws_the_theme_to_which_another_moved_it_since(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        anna = await world.share_with("Anna")
        one, two = await world.make_theme("een", TEXTS[:3]), await world.make_theme("twee")
        chosen = [await world.statement_id(TEXTS[0])]
        await room.do(themes.hide, chosen=chosen, hidden=True)
        await room.do(themes.put, by=anna, chosen=chosen, theme_id=two)
        await room.do(themes.undo)
        assert counts(await room.push())[two] == 1
        assert one in await world_themes(world)


async def world_themes(world: World) -> list[int]:
    return list((await world.theme_ids()).values())


async def test_a_full_theme_sends_as_much_as_a_screen_can_hold_and_says_how_much_there_is(tmp_path: Path) -> None:
    texts = [f"uitspraak {number}" for number in range(60)]
    async with a_world(tmp_path) as world:
        room = await clustering(world, texts)
        theme = await world.make_theme("een", texts[:59])
        await room.put(texts[59:], theme)
        push = await room.push()
        assert counts(push) == {theme: 60}
        assert push.count('<li id="statement-') == 24 and "en nog 36" in push


async def test_what_moves_to_the_front_of_a_full_theme_is_seen_as_well(tmp_path: Path) -> None:
    texts = [f"uitspraak {number}" for number in range(60)]
    async with a_world(tmp_path) as world:
        room = await clustering(world, texts)
        theme = await world.make_theme("een", texts[:59])
        first, moved = await world.statement_id(texts[0]), await world.statement_id(texts[59])
        await room.put(texts[59:], theme, spot=Spot(before=first))
        push = await room.push()
        assert f'<li id="statement-{moved}"' in push and f'data-moved="{moved}"' in push


async def test_a_move_on_a_board_of_five_hundred_costs_hardly_more_than_on_one_of_a_hundred(tmp_path: Path) -> None:
    small, large = await _bytes_of_a_move(tmp_path / "small", 100), await _bytes_of_a_move(tmp_path / "large", 500)
    assert large < 1.4 * small
    assert large < 8_000


async def _bytes_of_a_move(path: Path, statements: int) -> int:
    texts = [f"een uitspraak zoals ze zijn {number}" for number in range(statements)]
    async with a_world(path, seats=statements // 10) as world:
        room = await clustering(world, texts)
        made = [await world.make_theme(f"Thema {place}", texts[place::12]) for place in range(12)]
        await room.put(texts[:1], made[5])
        return len((await room.push()).encode())


async def test_page_and_push_draw_a_theme_alike(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een")
        await room.put(TEXTS[:3], theme)
        push = await room.push()
        async with world.parts.database.reader() as db:
            page = render("big_screen/page.html", "nl", view=await big_screen.load(db, world.session, Presence(4)))
        section = re.search(r'<section id="theme-.*?</section>', push, re.S)
        assert section is not None and section.group() in page


async def test_a_move_that_is_told_after_the_vote_began_puts_no_board_on_the_screen(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een")
        await room.put(TEXTS[:3], theme)
        moves = list(room.events)
        await world.advance("start_vote")
        room.events[:] = moves
        assert 'id="themes"' not in await room.push()


async def test_many_that_are_not_grouped_yet_are_a_number(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een")
        await room.put(TEXTS[:3], theme)
        push = await room.push()
        assert "Nog te ordenen: 9 uitspraken" in push and TEXTS[5] not in push


async def test_the_last_few_are_named(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        room = await clustering(world)
        theme = await world.make_theme("een")
        await room.put(TEXTS[:-1], theme)
        assert f"Staat nog apart: <bdi>{TEXTS[-1]}</bdi>" in " ".join((await room.push()).split())


@pytest.mark.parametrize(("themes", "columns"), [(1, 4), (12, 4), (13, 5), (20, 5), (21, 6), (52, 6)])
async def test_columns_go_by_the_number_of_themes_alone(themes: int, columns: int) -> None:
    assert ShownBoard(tuple(range(themes))).columns == columns
