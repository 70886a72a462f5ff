"""What a move on the board pushes: what moved and what is said of it, as many bytes and cards as moved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.commands import themes
from app.domain.events import BigScreenChanged, BoardMoved, Event, LateStatementsReleased, StepPassedOver
from app.domain.moves import Spot
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import refresh
from app.screens.moved import Moved, together
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
FULL, USUAL = 500, 60


def texts(count: int) -> list[str]:
    return [f"uitspraak {number} over de wijk" for number in range(count)]


async def a_board(world: World, count: int, themed: int = 0) -> list[str]:
    """A question on its board, with `themed` themes of two statements each; the keys by number."""
    await world.advance()
    await world.write_all(texts(count))
    await world.advance()
    for number in range(themed):
        await world.make_theme(f"Thema {number}", texts(count)[2 * number : 2 * number + 2])
    return await world.statement_ids(texts(min(count, 40)))


async def pushed(world: World, events: list[Event], language: str = "nl") -> str:
    async with world.parts.database.reader() as db:
        drawn = await refresh.draw_changes(db, "control_room", await world.row(), [language], Presence(), events)
    return drawn.get(language, "")


async def put(world: World, chosen: list[str], theme: int | None, spot: Spot[str] = Spot()) -> None:
    await world.run(
        themes.put, page=await world.page(), moderator_id=world.moderator, chosen=chosen, theme_id=theme, spot=spot
    )


def moved(world: World, chosen: list[str], lists: tuple[int | None, ...] = ()) -> BoardMoved:
    return BoardMoved(0, statements=tuple(chosen), lists=lists)


def cards(push: str) -> list[str]:
    return re.findall(r'<li id="statement-(\w+)"', push)


def runs(push: str) -> list[tuple[str, str]]:
    """Each run as the list it lies in and the statement before it."""
    return re.findall(r'<ul data-theme="(\d*)" data-after="(\w*)">', push)


async def test_one_card_among_five_hundred_costs_what_it_costs_among_sixty(tmp_path: Path) -> None:
    sizes = {}
    for count in (USUAL, FULL):
        (tmp_path / str(count)).mkdir()
        async with a_world(tmp_path / str(count), seats=20) as world:
            keys = await a_board(world, count, themed=3)
            theme = (await world.theme_ids())["Thema 2"]
            await put(world, keys[20:21], theme)
            push = await pushed(world, [moved(world, keys[20:21], (None, theme))])
            assert cards(push) == keys[20:21]
            sizes[count] = len(push.encode())
    assert sizes[FULL] <= sizes[USUAL] + 10 and sizes[FULL] < 5000


async def test_bytes_grow_with_the_cards_that_moved(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=20) as world:
        keys = await a_board(world, FULL, themed=1)
        theme = (await world.theme_ids())["Thema 0"]
        await put(world, keys[10:30], theme)
        one = len(await pushed(world, [moved(world, keys[10:11], (None, theme))]))
        twenty = await pushed(world, [moved(world, keys[10:30], (None, theme))])
        assert sorted(cards(twenty)) == sorted(keys[10:30])
        assert len(twenty) - one < 19 * 400


async def test_a_card_comes_with_its_list_and_the_card_before_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 8, themed=1)
        theme = (await world.theme_ids())["Thema 0"]
        await put(world, [keys[5]], theme, Spot(behind=keys[0]))
        assert runs(await pushed(world, [moved(world, [keys[5]])])) == [(str(theme), keys[0])]
        await put(world, [keys[6]], theme, Spot(before=keys[0]))
        assert runs(await pushed(world, [moved(world, [keys[6]])])) == [(str(theme), "")]
        together_now = await pushed(world, [moved(world, [keys[5]]), moved(world, [keys[6]])])
        assert runs(together_now) == [(str(theme), ""), (str(theme), keys[0])], "several moves are one push"


async def test_cards_that_lie_behind_one_another_come_as_one_run(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 8, themed=1)
        theme = (await world.theme_ids())["Thema 0"]
        await put(world, keys[4:7], theme)
        push = await pushed(world, [moved(world, keys[4:7])])
        assert runs(push) == [(str(theme), keys[1])] and cards(push) == keys[4:7]


async def test_only_the_lists_that_a_card_left_and_came_to_are_counted_anew(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 12, themed=4)
        known = await world.theme_ids()
        one, two = known["Thema 1"], known["Thema 2"]
        await put(world, [keys[2]], two)
        push = await pushed(world, [moved(world, [keys[2]], (one, two))])
        assert sorted(re.findall(r'id="theme-(\d+)-count" class="theme-cluster-count">(\d+)<', push)) == sorted(
            [(str(one), "1"), (str(two), "3")]
        )
        assert "Nog te ordenen (4)" in push and "8 van 12 uitspraken geordend" in push and "8 van 12</span>" in push


async def test_a_theme_that_comes_or_goes_comes_with_the_order_of_all_and_no_other_cards(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 30, themed=6)
        made = await world.make_theme("Nieuw", [texts(30)[20]])
        order = re.findall(r'data-order="([^"]*)"', push := await pushed(world, [BoardMoved(0, None, (), (made,))]))
        assert order == [" ".join(str(theme) for theme in sorted((await world.theme_ids()).values()))]
        assert f'<li id="theme-{made}"' in push and cards(push) == []
        assert f'name="theme" value="{made}"' in push, "the bar can lay statements there"
        await world.run(themes.remove, page=await world.page(), moderator_id=world.moderator, theme_id=made)
        gone = await pushed(world, [BoardMoved(0, None, (keys[20],), (made,), (made, None))])
        assert str(made) not in re.findall(r'data-order="([^"]*)"', gone)[0].split()
        assert f'id="theme-{made}"' not in gone and cards(gone) == [keys[20]]


async def test_a_hidden_statement_leaves_its_list_and_its_text_is_only_among_the_hidden(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 6)
        hiding = {"page": await world.page(), "moderator_id": world.moderator, "chosen": keys[:1]}
        await world.run(themes.hide, **hiding, hidden=True)
        push = await pushed(world, [moved(world, keys[:1], (None,))])
        assert f'data-gone="{keys[0]}"' in push and cards(push) == []
        assert "Verborgen (1)" in push


async def test_late_statements_come_to_the_end_of_the_inbox(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await a_board(world, 6)
        # The inbox is in random order; what came late is at its end.
        *_, last, late = await look_at_inbox(world)
        push = await pushed(world, [LateStatementsReleased(0, (late,))])
        assert runs(push) == [("", last)] and cards(push) == [late]
        assert 'id="inbox-held"' in push


async def look_at_inbox(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        view = await refresh.control_room.load(db, world.session, Presence())
    assert view.board is not None
    return [statement.id for statement in view.board.inbox]


async def test_where_the_whole_stage_is_drawn_nothing_is_placed_besides(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 6)
        push = await pushed(world, [moved(world, keys[:1]), BigScreenChanged(0)])
        assert 'id="stage"' in push and "board-moves" not in push


async def test_without_a_board_a_move_draws_the_stage(tmp_path: Path) -> None:
    """A theme of an ended session gets another name, or the question has gone on meanwhile."""
    async with a_world(tmp_path) as world:
        await a_board(world, 6, themed=1)
        await world.advance()
        push = await pushed(world, [BoardMoved(0)])
        assert 'id="stage"' in push and "board-moves" not in push


async def test_a_step_that_was_let_go_draws_every_moderators_own_history_anew(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await a_board(world, 6, themed=1)
        push = await pushed(world, [StepPassedOver(0)])
        assert f'id="history-{world.moderator}"' in push and cards(push) == []


async def test_a_statement_of_another_board_is_never_drawn(tmp_path: Path) -> None:
    """A refused move is answered with where the statements lie that it named, whatever it named."""
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 6, themed=1)
        await world.advance_to(Phase.RESULT)
        await world.advance()
        await world.advance_to(Phase.CLUSTER)
        assert cards(await pushed(world, [moved(world, keys[:1])])) == []


async def test_forms_say_how_far_the_page_is_that_takes_them(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = await a_board(world, 6, themed=1)
        async with world.parts.database.reader() as db:
            args = (db, "control_room", await world.row(), ["nl"], Presence(), [moved(world, keys[:1])])
            push = (await refresh.draw_changes(*args, 7))["nl"]
        assert 'id="push" data-seq="7"' in push
        assert set(re.findall(r'name="seq" value="(\d+)"', push)) == {"7"}


def test_moves_of_one_tick_are_put_together_and_each_thing_is_named_once() -> None:
    first = BoardMoved(1, statements=("a", "b"), themes=(1,), lists=(None, 1))
    second = BoardMoved(1, statements=("b", "c"), themes=(1, 2), lists=(1, 2))
    assert together([first, second]) == Moved(("a", "b", "c"), (1, 2), (None, 1, 2), reorders=True, hides=True)
