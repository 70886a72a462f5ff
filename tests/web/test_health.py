"""What is told to who watches over the server, and what people read while nothing can be stored."""

import errno
import logging

import pytest
from sqlalchemy.exc import OperationalError

from app.commands import trouble
from app.domain.trouble import Trouble
from app.web.socket import TRY_AGAIN_LATER
from tests.web.test_sockets import close_code, phone_path
from tests.world import a_world

pytestmark = pytest.mark.anyio
FULL = OSError(errno.ENOSPC, "full")


async def health(world):
    async with world.phone() as client:
        answer = await client.get("/healthz")
    return answer.status_code, answer.text


async def test_a_server_that_stores_is_well(tmp_path):
    async with a_world(tmp_path) as world:
        assert await health(world) == (200, "ok")


async def test_what_is_in_the_way_is_said_in_one_line(tmp_path):
    async with a_world(tmp_path) as world:
        await world.parts.writer.storing.failed(FULL)
        assert await health(world) == (503, "nothing can be stored: the disk is full")


async def test_a_server_that_stops_says_so(tmp_path):
    async with a_world(tmp_path) as world:
        await world.parts.writer.stop()
        assert await health(world) == (503, "the server stops")


async def test_a_database_that_can_not_be_read_is_told_and_is_no_bug(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:

        def broken():
            raise OperationalError("select 1", {}, FULL)

        monkeypatch.setattr(world.parts.database, "reader", broken)
        assert await health(world) == (503, "nothing can be read: the disk is full")
        async with world.phone(world.seats[0]) as phone:
            answer = await phone.get("/s/482915")
        assert answer.status_code == 503 and "niets bewaren" in answer.text


@pytest.mark.parametrize("cause", list(Trouble), ids=lambda cause: cause.name)
async def test_who_leads_reads_what_is_wrong_what_is_kept_and_what_to_do(tmp_path, cause):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        world.parts.rooms.note_trouble(cause)
        page = (await laptop.get(f"/sessions/{world.session}/control-room")).text
        banner = page.split('id="trouble" role="alert"')[1].split("</div>\n</div>")[0]
        assert "Er kan niets bewaard worden" in banner and "is veilig" in banner and "beheert" in banner


async def test_a_control_room_without_a_socket_hears_of_it_too(tmp_path, monkeypatch):
    monkeypatch.setattr(trouble, "CALM_SECONDS", 0.0)
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        address = f"/sessions/{world.session}/screen?since={(await world.row()).seq}"
        assert (await laptop.get(address)).status_code == 204
        await world.parts.writer.storing.failed(FULL)
        assert "schijf van de server is vol" in (await laptop.get(address)).text
        world.parts.writer.storing.worked()
        gone = await laptop.get(address)
        assert 'id="trouble"' in gone.text and "schijf van de server" not in gone.text


async def test_a_socket_that_finds_the_database_unreadable_is_asked_to_come_back_and_the_log_says_it_once(
    tmp_path, monkeypatch, caplog
):
    async with a_world(tmp_path) as world:
        here, seat = await phone_path(world), {"seat": world.seats[0].token}

        def broken():
            raise OperationalError("select 1", {}, FULL)

        monkeypatch.setattr(world.parts.database, "reader", broken)
        caplog.set_level(logging.ERROR)
        assert [await close_code(world, here, seat) for _ in range(3)] == [TRY_AGAIN_LATER] * 3
        assert [record.getMessage().split(";")[0] for record in caplog.records] == [
            "nothing can be stored: the disk is full"
        ]
