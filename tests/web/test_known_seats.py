"""Seats found before are found in memory; nobody comes in by it who should not, and strangers learn nothing."""

import contextlib
import sqlite3
import time

import pytest
from sqlalchemy import event

from app.commands import retention, sessions
from app.web import known_seats
from app.web.known_seats import KnownSeats
from tests.world import Seat, a_world, make_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]


@pytest.fixture(autouse=True)
def a_long_memory(monkeypatch):
    """However slow the machine, what was looked up is believed for the whole test."""
    monkeypatch.setattr(known_seats, "SECONDS_BELIEVED", 600.0)


@contextlib.contextmanager
def queries_of(world):
    """The statements that readers send to the database meanwhile."""
    seen = []
    engine = world.parts.database._reader_engine.sync_engine

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def selects(seen):
    return [statement for statement in seen if statement.startswith("SELECT")]


async def test_a_seat_is_looked_up_once(tmp_path):
    async with a_world(tmp_path) as world:
        seats, code = world.parts.known_seats, (await world.row()).code
        assert await seats.session_of(code, world.seats[0].hash) == world.session
        with queries_of(world) as seen:
            for _ in range(20):
                assert await seats.session_of(code, world.seats[0].hash) == world.session
        assert seen == []


async def test_a_stranger_is_looked_up_by_one_query_whether_the_code_is_right_known_or_neither(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await world.parts.known_seats.session_of((await world.row()).code, world.seats[0].hash)
        known, unknown = (await world.row()).code, (await other.row()).code
        for seat, code in [(Seat(), known), (Seat(), unknown), (Seat(), "000000"), (other.seats[0], known)]:
            with queries_of(world) as seen:
                assert await world.parts.known_seats.session_of(code, seat.hash) is None
            assert len(selects(seen)) == 1


async def test_a_deleted_session_has_no_seats_from_that_moment_on(tmp_path):
    async with a_world(tmp_path) as world:
        seats, code, seat = world.parts.known_seats, (await world.row()).code, world.seats[0].hash
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert await seats.session_of(code, seat) == world.session
        await world.run(retention.delete, moderator_id=world.moderator)
        assert await seats.session_of(code, seat) is None
        await world.run(retention.put_back, moderator_id=world.moderator)
        assert await seats.session_of(code, seat) == world.session


async def test_a_code_that_was_taken_away_leads_nowhere_a_day_after_the_end(tmp_path):
    async with a_world(tmp_path) as world:
        seats, code, seat = world.parts.known_seats, (await world.row()).code, world.seats[0].hash
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert await seats.session_of(code, seat) == world.session
        await world.parts.writer.run(sessions.forget_ended, before=int(time.time()) + 60)
        assert await seats.session_of(code, seat) is None


async def test_what_another_process_changed_is_noticed(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        seats, code, seat = world.parts.known_seats, (await world.row()).code, world.seats[0].hash
        await seats.session_of(code, seat)
        with contextlib.closing(sqlite3.connect(world.parts.database.path)) as elsewhere:
            elsewhere.execute("UPDATE moderation_session SET deleted_at = 1")
            elsewhere.commit()
        monkeypatch.setattr(known_seats, "SECONDS_BELIEVED", 0.0)
        assert await seats.session_of(code, seat) is None


async def test_what_is_committed_during_a_look_up_makes_its_answer_old(tmp_path, monkeypatch):
    async with a_world(tmp_path) as world:
        seats, code, seat = world.parts.known_seats, (await world.row()).code, world.seats[0].hash
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        real = known_seats.people.session_of_seat

        async def overtaken(*arguments):
            found = await real(*arguments)
            await world.run(retention.delete, moderator_id=world.moderator)
            return found

        with monkeypatch.context() as patch:
            patch.setattr(known_seats.people, "session_of_seat", overtaken)
            await seats.session_of(code, seat)
        assert await seats.session_of(code, seat) is None


async def test_taking_in_what_participants_send_makes_nobody_be_looked_up_again(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        seats, code, seat = world.parts.known_seats, (await world.row()).code, world.seats[0].hash
        await seats.session_of(code, seat)
        before = world.parts.writer.changes
        await world.write_all(["een", "twee", "drie"])
        await world.join()
        assert world.parts.writer.changes == before


async def test_memory_holds_so_many_seats_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(known_seats, "MOST_SEATS", 3)
    async with a_world(tmp_path, seats=4) as world:
        other = await make_world(world.app)
        seats = KnownSeats(world.parts.database, world.parts.writer)
        for place in (world, other, world):
            for seat in place.seats:
                await seats.session_of((await place.row()).code, seat.hash)
                assert seats._seats() <= 3


async def test_whoever_has_opened_the_page_is_known_when_they_write(tmp_path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await world.advance()
        code = (await world.row()).code
        await phone.get(f"/s/{code}")
        with queries_of(world) as seen:
            assert await world.parts.known_seats.session_of(code, world.seats[0].hash) == world.session
        assert seen == []


async def test_who_just_took_a_seat_is_not_looked_up(tmp_path):
    async with a_world(tmp_path) as world:
        seats, row = world.parts.known_seats, await world.row()
        await seats.session_of(row.code, world.seats[0].hash)
        async with world.phone() as device:
            joined = await device.post(f"/s/{row.code}/join/{row.join_key}")
        token = joined.cookies["seat"]
        with queries_of(world) as seen:
            assert await seats.session_of(row.code, Seat(token).hash) == world.session
        assert seen == []


async def test_a_seat_taken_in_a_session_that_changed_meanwhile_is_looked_up(tmp_path):
    async with a_world(tmp_path) as world:
        seats, code = world.parts.known_seats, (await world.row()).code
        await seats.session_of(code, world.seats[0].hash)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        seats.took(code, world.seats[1].hash)
        with queries_of(world) as seen:
            assert await seats.session_of(code, world.seats[1].hash) == world.session
        assert len(selects(seen)) == 1
