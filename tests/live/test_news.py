"""What a room knows of the last changes: an answer brings a page from its own seq to the present, without a gap."""

import asyncio
import re

import pytest

from app.commands import actions, themes
from app.domain.actions import ActionFields
from app.domain.events import ActionItemsChanged, TimerChanged
from app.live import news
from app.live import room as live
from app.live.news import News
from tests.live.test_room import enter, until
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.fixture
def by_hand(monkeypatch):
    """Ticks only after a while, and counts only when a test asks for them."""
    monkeypatch.setattr(live, "COUNT_SECONDS", 3600.0)


async def on_the_board(world, count=6):
    await world.advance()
    await world.write_all([f"uitspraak {number}" for number in range(count)])
    await world.advance()
    return [await world.statement_id(f"uitspraak {number}") for number in range(count)]


async def put(world, chosen, theme):
    await world.run(themes.put, page=await world.page(), moderator_id=world.moderator, chosen=chosen, theme_id=theme)


def cards(push):
    return set(re.findall(r'<li id="statement-(\w+)"', push))


def seqs(connection):
    return [int(seq) for text in connection.socket.sent for seq in re.findall(r'id="push" data-seq="(\d+)"', text)]


async def test_a_page_gets_all_that_it_missed_also_what_others_moved_just_before(tmp_path, by_hand):
    async with a_world(tmp_path) as world:
        a, b, c, *_ = await on_the_board(world)
        theme = await world.make_theme("een")
        seen = (await world.row()).seq
        room = world.parts.rooms.of(world.session)
        await put(world, [a], theme)
        await put(world, [b], theme)
        seq, push = await room.news("control_room", "nl", seen)
        assert cards(push) == {a, b} and seq == (await world.row()).seq
        assert cards((await room.news("control_room", "nl", seen + 1))[1]) == {b}
        assert (await room.news("control_room", "nl", seq))[1] == ""


async def test_a_page_of_before_the_server_started_gets_the_whole_screen(tmp_path, by_hand):
    async with a_world(tmp_path) as world:
        await on_the_board(world)
        room = world.parts.rooms.of(world.session)
        world.parts.rooms._rooms[world.session]._news = News()
        await world.run(actions.add, fields=ActionFields("een actie"))
        assert 'id="stage"' in (await room.news("control_room", "nl", (await world.row()).seq - 1))[1]
        assert 'id="stage"' in (await room.news("control_room", "nl", 10**6))[1]


async def test_a_new_phase_is_the_whole_screen(tmp_path, by_hand):
    async with a_world(tmp_path) as world:
        await on_the_board(world)
        await world.make_theme("een")
        seen = (await world.row()).seq
        await world.advance()
        assert 'id="stage"' in (await world.parts.rooms.of(world.session).news("control_room", "nl", seen))[1]


async def test_moves_within_a_tick_are_one_push_and_the_same_bytes_for_all(tmp_path, by_hand, monkeypatch):
    # Long: on a busy machine the three are further apart than usual.
    monkeypatch.setattr(live, "TICK_SECONDS", 1.0)
    async with a_world(tmp_path) as world:
        a, b, c, *_ = await on_the_board(world)
        theme = await world.make_theme("een")
        one, other = await enter(world, "control_room"), await enter(world, "control_room")
        before = len(one.socket.sent)
        await asyncio.gather(put(world, [a], theme), put(world, [b], theme), put(world, [c], theme))
        await until(lambda: cards("".join(other.socket.sent[before:])) == {a, b, c})
        assert [id(text) for text in one.socket.sent[before:]] == [id(text) for text in other.socket.sent[before:]]
        assert len(one.socket.sent) - before < 3, "the first at once, and the others together"


async def test_what_a_socket_is_sent_is_never_older_than_what_it_got_before(tmp_path, monkeypatch):
    """A page takes what is older than it for outdated: a count must not say more than changes did."""
    monkeypatch.setattr(live, "COUNT_SECONDS", 3600.0)
    async with a_world(tmp_path) as world:
        a, b, *_ = await on_the_board(world)
        theme = await world.make_theme("een")
        listening = await enter(world, "control_room")
        room = world.parts.rooms.of(world.session)
        for chosen in (a, b, a):
            await put(world, [chosen], theme if chosen == b else None)
            # A change that is not told yet: the count is drawn from a newer board.
            await room._send_counts(phones=True)
        newest = (await world.row()).seq
        await until(lambda: seqs(listening)[-1] == newest)
        assert seqs(listening) == sorted(seqs(listening))


async def test_a_count_does_not_say_that_a_page_knows_what_was_not_told_yet(tmp_path, by_hand, monkeypatch):
    monkeypatch.setattr(live, "TICK_SECONDS", 3600.0)
    async with a_world(tmp_path) as world:
        a, b, *_ = await on_the_board(world)
        theme = await world.make_theme("een")
        listening = await enter(world, "control_room")
        await put(world, [a], theme)
        await until(lambda: 'id="board-moves"' in listening.socket.sent[-1])
        told = seqs(listening)[-1]
        await put(world, [b], theme)
        await world.parts.rooms.of(world.session)._send_counts(phones=True)
        assert seqs(listening)[-1] == told


def test_only_so_many_changes_are_kept_and_who_missed_more_is_told_so():
    kept = News()
    kept.begin(0)
    for seq in range(1, news.MOST_KEPT + 11):
        kept.add(seq, [TimerChanged(seq)])
    assert kept.since(9) is None
    assert len(kept.since(10)) == news.MOST_KEPT


def test_a_change_that_stands_for_several_is_known_from_the_one_before_it():
    kept = News()
    kept.begin(4)
    kept.add(7, [TimerChanged(1), ActionItemsChanged()])
    assert kept.since(4) == [TimerChanged(1), ActionItemsChanged()] and kept.since(7) == []
    assert kept.since(3) is None
