"""Who may not listen any more hears nothing more, also when their line takes nothing in at that moment."""

import asyncio

import pytest

from app.domain.presence import ModeratorHere
from app.live import closing
from app.live.connection import COME_BACK, GONE, NOT_ALLOWED
from tests.live.test_room import Socket, enter, until
from tests.world import a_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


class SlowToClose(Socket):
    """Takes in neither a screen nor the close of the line until it is let go."""

    async def close(self, code):
        await self.may_read.wait()
        await super().close(code)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(closing, "CLOSING_LASTS", 0.02)


async def a_control_room_whose_line_is_full(world):
    connection = await enter(world, "control_room")
    connection.moderator = ModeratorHere(7, "Ada")
    connection.socket = SlowToClose(stuck=True)
    return connection


async def test_who_was_taken_off_a_session_while_their_line_was_full_is_sent_nothing_of_it_afterwards(tmp_path):
    async with a_world(tmp_path) as world:
        # The phone first: while its screen is drawn a count could come, and wait for the line of who is full.
        other, ada = await enter(world, "phone"), await a_control_room_whose_line_is_full(world)
        await world.parts.rooms.send_away(world.session, 7)
        assert ada.socket.closed is None, "its line takes nothing in"
        seen = len(other.socket.sent)
        await world.advance()
        await until(lambda: len(other.socket.sent) > seen)
        ada.socket.may_read.set()
        await until(lambda: ada.socket.closed is not None)
        assert ada.socket.closed == NOT_ALLOWED
        await world.advance()
        await until(lambda: len(other.socket.sent) > seen + 1)
        assert ada.socket.sent == []


async def test_a_screen_that_was_being_drawn_for_somebody_is_not_sent_once_they_were_sent_away(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        ada = await a_control_room_whose_line_is_full(world)
        room, drawing = world.parts.rooms.of(world.session), asyncio.Event()
        real = room.whole

        async def slowly(*asked):
            drawing.set()
            drawn = await real(*asked)
            await until(lambda: ada.sent_away is not None)
            return drawn

        monkeypatch.setattr(room._delivery, "_newest", slowly)
        ada.socket.may_read.set()
        ada.is_behind = True
        await asyncio.wait_for(drawing.wait(), 5)
        await world.parts.rooms.send_away(world.session, 7)
        await until(lambda: ada.catching_up is None)
        assert (ada.socket.closed, ada.socket.sent) == (NOT_ALLOWED, [])


async def test_a_page_of_a_deleted_session_is_told_so_when_its_line_is_free_again_and_not_to_come_back(tmp_path):
    async with a_world(tmp_path) as world:
        slow = await a_control_room_whose_line_is_full(world)
        await world.parts.rooms.close_session(world.session)
        await closing.send_away([slow], COME_BACK)
        slow.socket.may_read.set()
        await until(lambda: slow.socket.closed is not None)
        assert slow.socket.closed == GONE
