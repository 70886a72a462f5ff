"""Suggestions are made beside the work of the room: after a pause, one at a time, for the board as it is now."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.commands import suggestions, themes
from app.domain.phases import Phase
from app.live import room as live
from app.live import suggesting
from app.screens import refresh
from app.store import themes as stored
from app.suggestions.embeddings import Embeddings, Endpoint
from app.suggestions.whole_board import Finder
from tests.live.test_room import enter, until
from tests.suggestions.endpoint import endpoint
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
PARKING = ["te weinig parkeerplaatsen", "parkeerplaatsen voor bezoek"]
TEXTS = ["meer gras in het park", "gras maaien", *PARKING, "zwaluwstaart"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(suggesting, "PAUSE_SECONDS", 0.05)


class Watched:
    """Counts how often and how many at once suggestions were computed; may be held back until `let_go`."""

    def __init__(self) -> None:
        self.boards: list[list[str]] = []
        self.at_once = 0
        self.most_at_once = 0
        self.may_end = threading.Event()
        self.may_end.set()


@pytest.fixture
def watched(monkeypatch) -> Watched:
    seen, real = Watched(), Finder.find

    def find(self, board):
        seen.at_once += 1
        seen.most_at_once = max(seen.most_at_once, seen.at_once)
        seen.boards.append([one.text for one in board.loose])
        seen.may_end.wait(10)
        seen.at_once -= 1
        return real(self, board)

    monkeypatch.setattr(Finder, "find", find)
    return seen


async def to_the_board(world: World) -> int:
    """A board with one theme that has a statement; its id."""
    await world.advance()
    await world.write_all(TEXTS)
    await world.advance_to(Phase.CLUSTER)
    return await world.make_theme("Groen", [TEXTS[0]])


async def put(world: World, text: str, theme: int | None) -> None:
    chosen = [await world.statement_id(text)]
    await world.run(themes.put, page=await world.page(), moderator_id=world.moderator, chosen=chosen, theme_id=theme)


def room_of(world: World):
    return world.parts.rooms.of(world.session)


async def being_computed(world: World, watched: Watched) -> None:
    """A board whose suggestions are being computed for as long as the test wants."""
    theme = await to_the_board(world)
    await enter(world, "control_room")
    await settled(world)
    watched.may_end.clear()
    await put(world, TEXTS[2], theme)
    await until(lambda: watched.at_once == 1)


def texts(connection) -> str:
    return "".join(connection.socket.sent)


def panels(text: str) -> list[str]:
    """The pushes that are about suggestions alone."""
    pushes = text.split('<div id="push"')
    return [push for push in pushes if 'data-swap="suggestion"' in push and 'id="stage"' not in push]


def found(world: World):
    return room_of(world).presence.suggested


async def settled(world: World) -> None:
    """Until the suggestions are those of the board as it is now."""
    await asyncio.wait_for(asyncio.shield(room_of(world).suggesting._work), 10)
    assert found(world) is not None


async def silence(connection) -> None:
    """Until nothing is sent for some ticks: what was found before may still be on its way."""
    before = -1
    while before != len(connection.socket.sent):
        before = len(connection.socket.sent)
        await asyncio.sleep(4 * live.TICK_SECONDS)


async def test_who_shows_the_board_hears_of_suggestions_without_asking_and_nothing_moves(tmp_path):
    async with a_world(tmp_path) as world:
        theme = await to_the_board(world)
        seq = (await world.row()).seq
        laptop = await enter(world, "control_room")
        await until(lambda: "Voorstel: 1 uitspraak lijkt op Groen" in texts(laptop))
        assert "vanwege: gras" in texts(laptop)
        assert "2 uitspraken lijken bij elkaar te horen" in texts(laptop)
        assert (await world.row()).seq == seq
        async with world.parts.database.reader() as db:
            board = await stored.board(db, (await world.question()).id)
        assert len(board.under(theme)) == 1 and len(board.under(None)) == 4


async def test_moves_that_follow_each_other_fast_are_computed_for_once(tmp_path, watched, monkeypatch):
    async with a_world(tmp_path) as world:
        theme = await to_the_board(world)
        await enter(world, "control_room")
        await settled(world)
        watched.boards.clear()
        monkeypatch.setattr(suggesting, "PAUSE_SECONDS", 0.5)
        for text in TEXTS[2:]:
            await put(world, text, theme)
        await until(lambda: watched.boards and not watched.at_once)
        assert watched.boards == [["gras maaien"]]


async def test_one_computes_at_a_time_and_then_for_the_newest_board(tmp_path, watched):
    async with a_world(tmp_path) as world:
        theme = await to_the_board(world)
        await enter(world, "control_room")
        await settled(world)
        watched.boards.clear()
        watched.may_end.clear()
        await put(world, TEXTS[2], theme)
        await until(lambda: len(watched.boards) == 1)
        await put(world, TEXTS[3], theme)
        await put(world, TEXTS[4], theme)
        assert len(watched.boards) == 1
        watched.may_end.set()
        await until(lambda: len(watched.boards) == 2)
        assert watched.boards[1] == ["gras maaien"] and watched.most_at_once == 1


async def test_a_move_is_acknowledged_while_suggestions_are_still_being_computed(tmp_path, watched):
    async with a_world(tmp_path) as world, world.laptop() as browser:
        await being_computed(world, watched)
        page = await browser.get(f"/sessions/{world.session}/control-room")
        await world.make_theme("Verkeer")
        assert page.status_code == 200 and watched.at_once == 1
        watched.may_end.set()


async def test_the_same_board_is_not_computed_again(tmp_path, watched):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        await enter(world, "control_room")
        await settled(world)
        computed = len(watched.boards)
        late = await enter(world, "control_room")
        await until(lambda: panels(texts(late)))
        chosen = [await world.statement_id("gras maaien")]
        await world.run(suggestions.ignore, page=await world.page(), chosen=chosen, theme_id=None)
        await room_of(world).suggesting._work
        assert len(watched.boards) == computed


async def test_what_comes_back_for_a_phase_that_is_over_is_dropped(tmp_path, watched):
    async with a_world(tmp_path) as world:
        await being_computed(world, watched)
        await world.advance_to(Phase.VOTE)
        told, own = [], room_of(world).suggesting
        tell = own._tell

        async def listen(suggested, question, places):
            told.append(suggested)
            await tell(suggested, question, places)

        own._tell = listen
        watched.may_end.set()
        await own._work
        assert told == [None] and found(world) is None


async def test_only_the_places_where_something_else_stands_now_are_pushed(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        cars = await world.make_theme("Parkeerplaatsen")
        laptop = await enter(world, "control_room")
        await settled(world)
        await until(lambda: panels(texts(laptop)))
        await silence(laptop)
        laptop.socket.sent.clear()
        await put(world, TEXTS[3], cars)
        await until(lambda: panels(texts(laptop)))
        (pushed,) = panels(texts(laptop))
        assert f'id="suggestion-{cars}"' in pushed and "Groen" not in pushed and "gras" not in pushed


async def test_phones_and_the_big_screen_hear_nothing_of_suggestions(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        others = [await enter(world, screen) for screen in ("phone", "big_screen")]
        laptop = await enter(world, "control_room")
        await until(lambda: panels(texts(laptop)))
        assert not any("suggestion" in texts(other) for other in others)


async def test_a_suggestion_that_fails_is_logged_without_a_word_of_what_people_wrote_and_tried_again(
    tmp_path, monkeypatch, caplog
):
    real = Finder.find

    def broken(self, board):
        raise ValueError(board.loose[0].text)

    async with a_world(tmp_path) as world:
        theme = await to_the_board(world)
        monkeypatch.setattr(Finder, "find", broken)
        await enter(world, "control_room")
        with caplog.at_level(logging.ERROR, "app.live.suggesting"):
            await until(lambda: caplog.records)
        assert not any(text in record.getMessage() for record in caplog.records for text in TEXTS)
        monkeypatch.setattr(Finder, "find", real)
        await put(world, TEXTS[2], theme)
        await until(lambda: found(world) is not None)


async def test_who_leaves_the_room_last_leaves_no_text_in_memory(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        laptop = await enter(world, "control_room")
        await until(lambda: found(world) is not None)
        room_of(world).leave(laptop)
        assert found(world) is None and room_of(world).suggesting._board is None


@contextmanager
def asking(world: World) -> Iterator[object]:
    """An endpoint that this session's room asks from now on."""
    with endpoint() as server:
        own = room_of(world).suggesting
        own._embeddings = Embeddings(Endpoint(server.url, "a-model", seconds=2), rest_seconds=0)
        own.forget()
        yield server


async def test_the_endpoint_of_the_owner_suggests_and_is_named(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        with asking(world) as server:
            laptop = await enter(world, "control_room", "en")
            await until(lambda: "Suggestions come from the language model on your own network." in texts(laptop))
            assert set(TEXTS) <= set(server.texts)


async def test_an_endpoint_that_fails_is_named_and_the_built_in_suggests(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        with asking(world) as server:
            server.answer = lambda asked: (500, b"")
            laptop = await enter(world, "control_room", "en")
            await until(lambda: "The language model on your own network refuses to answer." in texts(laptop))
            assert "Suggestion: 1 statement resembles Groen" in texts(laptop)


async def test_an_endpoint_that_is_slow_makes_nobody_wait_and_its_suggestions_come_later(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        with asking(world) as server:
            usual, may_answer = server.answer, threading.Event()
            server.answer = lambda asked: may_answer.wait(10) and usual(asked)
            laptop = await enter(world, "control_room", "en")
            await until(lambda: server.asked)
            seq, whole = await room_of(world).whole("control_room", "en")
            assert seq and 'id="stage"' in whole and "resembles Groen" not in whole
            may_answer.set()
            await until(lambda: panels(texts(laptop)))


def test_every_event_about_suggestions_is_for_control_rooms_alone():
    rows = [row for row in refresh.TABLE.values() if refresh.SUGGESTIONS in row.values()]
    assert len(rows) == 2 and all(set(row) == {"control_room"} for row in rows)
