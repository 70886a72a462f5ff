"""A room draws once for each screen and language, sends the same bytes to all, and helps up whoever fell behind."""

import asyncio

import pytest

from app.commands import actions
from app.domain.actions import ActionFields
from app.domain.presence import ModeratorHere
from app.live import delivery
from app.live.connection import BEAT, Connection
from app.screens import refresh
from tests.world import a_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


class Socket:
    """The far end of a connection: keeps what it was sent; `stuck` ones take nothing in until let go."""

    def __init__(self, stuck=False):
        self.sent = []
        self.may_read = asyncio.Event()
        self.closed = None
        if not stuck:
            self.may_read.set()

    async def send_text(self, text):
        await self.may_read.wait()
        self.sent.append(text)

    async def close(self, code):
        self.closed = code


async def enter(world, screen, language="nl", since=None, stuck=False, participant=None):
    connection = Connection(Socket(stuck), screen, language, participant)
    await world.parts.rooms.of(world.session).enter(connection, since)
    return connection


async def until(holds, seconds=5.0):
    """Wait for something to become true; a busy machine may take its time."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def big(connection):
    """What a socket got of whole screens and changes, without counts and beats."""
    return [text for text in connection.socket.sent if len(text) > 1000]


async def test_all_phones_of_a_language_get_the_same_bytes_of_one_drawing(tmp_path, drawings):
    async with a_world(tmp_path) as world:
        phones = [await enter(world, "phone") for _ in range(5)] + [await enter(world, "phone", "en")]
        await asyncio.sleep(0.05)
        drawings.clear()
        await world.advance()
        newest = f'data-seq="{(await world.row()).seq}"'
        await until(lambda: all(any(newest in text for text in phone.socket.sent) for phone in phones))
        whole = [drawing for drawing in drawings if set(drawing[2]) == set(refresh.SCREENS["phone"].FRAGMENTS)]
        assert whole == [("phone", ("en", "nl"), tuple(refresh.SCREENS["phone"].FRAGMENTS))]
        last = [next(t for t in reversed(p.socket.sent) if 'id="scene"' in t) for p in phones]
        assert len({id(text) for text in last[:5]}) == 1 and last[5] != last[0]


async def test_three_changes_within_a_tick_are_drawn_once(tmp_path, drawings):
    async with a_world(tmp_path) as world:
        await enter(world, "control_room")
        await asyncio.sleep(0.05)
        drawings.clear()
        await asyncio.gather(*(world.run(actions.add, fields=ActionFields(text)) for text in "abc"))
        await asyncio.sleep(0.1)
        changes = [drawing for drawing in drawings if drawing[2] != refresh.SCREENS["control_room"].COUNTS]
        assert len(changes) == 1


async def test_whoever_comes_back_up_to_date_is_sent_only_a_beat(tmp_path):
    async with a_world(tmp_path) as world:
        seq = (await world.row()).seq
        connection = await enter(world, "big_screen", since=seq)
        behind = await enter(world, "big_screen", since=seq - 1)
        await until(lambda: behind.socket.sent and connection.socket.sent)
        assert connection.socket.sent[0] == BEAT
        assert f'data-seq="{seq}"' in behind.socket.sent[0]


async def test_a_thousand_that_return_at_once_cost_one_drawing(tmp_path, drawings):
    async with a_world(tmp_path) as world:
        await asyncio.gather(*(enter(world, "phone") for _ in range(200)))
        whole = [drawing for drawing in drawings if drawing[0] == "phone" and len(drawing[2]) > 1]
        assert len(whole) <= 2


async def test_a_socket_that_is_behind_misses_nothing_it_gets_the_whole_screen(tmp_path):
    async with a_world(tmp_path) as world:
        stuck = await enter(world, "control_room", stuck=True)
        reader = await enter(world, "control_room")
        await world.run(actions.add, fields=ActionFields("een gemiste actie"))
        await until(lambda: any("een gemiste actie" in text for text in reader.socket.sent) or big(reader)[1:])
        assert stuck.is_behind and stuck.socket.sent == []
        stuck.socket.may_read.set()
        await until(lambda: len(big(stuck)) >= 2)
        assert f'data-seq="{(await world.row()).seq}"' in big(stuck)[-1]


async def test_a_socket_that_reads_nothing_for_long_is_closed_so_that_it_comes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "BEHIND_CLOSE_SECONDS", 0.05)
    async with a_world(tmp_path) as world:
        stuck = await enter(world, "control_room", stuck=True)
        await world.advance()
        await until(lambda: stuck.socket.closed == 1012)


async def test_an_older_screen_never_comes_after_a_newer_one(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        room = world.parts.rooms.of(world.session)
        real = room.whole

        async def slow(screen, language):
            drawn = await real(screen, language)
            await asyncio.sleep(0.15)
            return drawn

        monkeypatch.setattr(room, "whole", slow)
        connection = Connection(Socket(), "phone", "nl")
        entering = asyncio.create_task(room.enter(connection, None))
        await asyncio.sleep(0.05)
        await world.advance()
        await entering
        newest = f'data-seq="{(await world.row()).seq}"'
        await until(lambda: connection.socket.sent and newest in connection.socket.sent[-1])


async def test_counts_of_people_raise_no_seq_and_reach_the_control_room(tmp_path):
    async with a_world(tmp_path) as world:
        room = world.parts.rooms.of(world.session)
        control = await enter(world, "control_room")
        before = (await world.row()).seq
        await asyncio.sleep(0.1)
        seen = len(control.socket.sent)
        for seat in world.seats[:3]:
            await enter(world, "phone", participant=seat.hash)
        await until(lambda: len(control.socket.sent) > seen)
        assert room.presence.counts(None, None).connected == 3
        assert (await world.row()).seq == before


async def test_counts_that_fail_again_and_again_are_said_once(tmp_path, monkeypatch, caplog):
    tried = []

    async def broken(*_, **__):
        tried.append(1)
        raise OSError("no such disk")

    async with a_world(tmp_path) as world:
        control = await enter(world, "control_room")
        room = world.parts.rooms.of(world.session)
        with monkeypatch.context() as trouble:
            trouble.setattr(room._delivery, "break_silences", broken)
            await until(lambda: len(tried) > 5)
        seen = len(control.socket.sent)
        room.presence.changed = True
        await enter(world, "phone", participant=world.seats[0].hash)
        await until(lambda: len(control.socket.sent) > seen)
    assert len([record for record in caplog.records if "a count failed" in record.getMessage()]) == 1


async def test_statements_that_wait_raise_no_seq(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        before = (await world.row()).seq
        await world.write(world.seats[0], "a")
        await world.write(world.seats[1], "b")
        assert (await world.row()).seq == before
        await world.write(world.seats[2], "c")
        assert (await world.row()).seq == before + 1


async def test_while_collecting_phones_are_sent_nothing_of_what_others_do(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        phone = await enter(world, "phone", participant=world.seats[0].hash)
        await until(lambda: phone.socket.sent)
        seen = len(phone.socket.sent)
        await world.write_all(["a", "b", "c", "d"])
        await asyncio.sleep(0.3)
        assert len(phone.socket.sent) == seen


async def test_a_broken_socket_does_not_keep_the_others_from_hearing(tmp_path):
    async with a_world(tmp_path) as world:
        broken, whole = await enter(world, "phone"), await enter(world, "phone")

        async def fail(_text):
            raise OSError

        broken.socket.send_text = fail
        seen = len(whole.socket.sent)
        await world.advance()
        await until(lambda: len(whole.socket.sent) > seen)


async def test_who_is_sent_away_loses_the_control_room_and_others_stay(tmp_path):
    async with a_world(tmp_path) as world:
        gone, stays, phone = [await enter(world, screen) for screen in ("control_room", "control_room", "phone")]
        gone.moderator, stays.moderator = ModeratorHere(7, "Ada"), ModeratorHere(8, "Bo")
        await world.parts.rooms.send_away(world.session + 1, 7)
        assert gone.socket.closed is None
        await world.parts.rooms.send_away(world.session, 7)
        assert (gone.socket.closed, stays.socket.closed, phone.socket.closed) == (4401, None, None)


async def test_who_is_sent_away_everywhere_loses_every_control_room(tmp_path):
    async with a_world(tmp_path) as world:
        control_room = await enter(world, "control_room")
        control_room.moderator = ModeratorHere(7, "Ada")
        await world.parts.rooms.send_away(None, 7)
        assert control_room.socket.closed == 4401


async def test_every_screen_of_a_deleted_session_is_told_that_it_is_gone(tmp_path):
    async with a_world(tmp_path) as world:
        screens = [await enter(world, screen) for screen in ("control_room", "phone", "big_screen")]
        await world.parts.rooms.close_session(world.session)
        assert [screen.socket.closed for screen in screens] == [4410] * 3
