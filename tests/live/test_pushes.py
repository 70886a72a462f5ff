"""What a push costs: drawings, questions to the database and bytes, which stay the same however full the room is."""

import asyncio
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.commands import actions
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.live import closing, whole_screens
from app.live import room as live
from app.live.connection import Connection
from app.screens import refresh
from tests.live.test_room import Socket, enter, until
from tests.world import a_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]
PUBLIC = QuestionSettings("Wat nu?", statements_on_phones=True, themes=("Groen", "Veilig"))


@contextmanager
def questions_to(database):
    """The statements that are sent to the database for reading meanwhile."""
    asked = []
    engine = database._reader_engine.sync_engine

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def one_count(world):
    """What a count tick asks and draws, for all screens, while the phones wait too."""
    room = world.parts.rooms.of(world.session)
    with questions_to(world.parts.database) as asked:
        await room._send_counts(phones=True)
    return asked


@pytest.fixture
def by_hand(monkeypatch):
    """Counts only when a test asks for them."""
    monkeypatch.setattr(live, "COUNT_SECONDS", 3600.0)


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.CLUSTER, Phase.VOTE, Phase.RESULT])
async def test_a_count_asks_as_much_of_a_full_board_as_of_an_empty_one_and_reads_no_statement(tmp_path, by_hand, phase):
    asked = {}
    for number in (3, 60):
        (tmp_path / str(number)).mkdir()
        async with a_world(tmp_path / str(number), questions=(PUBLIC,), seats=30) as world:
            await world.advance()
            await world.write_all([f"uitspraak {n}" for n in range(number)])
            await world.advance_to(phase)
            for screen in ("control_room", "big_screen", "phone"):
                await enter(world, screen)
            asked[number] = await one_count(world)
    assert asked[3] == asked[60]
    assert not [one for one in asked[60] if "statement.text" in one.partition("FROM")[0]]


async def test_a_count_asks_as_much_of_a_full_room_as_of_an_empty_one(tmp_path, by_hand):
    async with a_world(tmp_path, seats=50) as world:
        await enter(world, "control_room")
        few = await one_count(world)
        for seat in world.seats:
            await enter(world, "phone", participant=seat.hash)
        await world.run(actions.add, fields=ActionFields("a"))
        many = await one_count(world)
        assert len(many) <= len(few) + len(refresh.SCREENS) * 4
        assert len(many) < len(world.seats)


async def test_a_tick_asks_the_same_for_one_listener_as_for_fifty(tmp_path, by_hand, drawings):
    asked = []
    async with a_world(tmp_path) as world:
        for more in (1, 49):
            phones = [await enter(world, "phone") for _ in range(more)]
            drawings.clear()
            with questions_to(world.parts.database) as reads:
                before = (await world.row()).seq
                await world.advance()
                await until(lambda p=phones, s=before: all(f'data-seq="{s + 1}"' in one.socket.sent[-1] for one in p))
            asked.append((len(reads), len(drawings)))
    assert asked[1][1] == 1
    assert asked[1][0] <= asked[0][0] + 4


async def test_the_first_change_after_quiet_is_told_at_once_and_the_next_waits_for_the_tick(tmp_path, monkeypatch):
    monkeypatch.setattr(live, "TICK_SECONDS", 3600.0)
    async with a_world(tmp_path) as world:
        phone = await enter(world, "phone")
        first = (await world.row()).seq
        await world.advance()
        await until(lambda: any(f'data-seq="{first + 1}"' in text for text in phone.socket.sent))
        told = len(phone.socket.sent)
        await world.advance()
        await asyncio.sleep(0.1)
        assert len(phone.socket.sent) == told


async def test_who_comes_back_to_a_screen_that_was_drawn_costs_no_question_and_no_drawing(tmp_path, by_hand, drawings):
    async with a_world(tmp_path) as world:
        await enter(world, "phone")
        drawings.clear()
        with questions_to(world.parts.database) as asked:
            came_back = [await enter(world, "phone") for _ in range(200)]
        assert (asked, drawings) == ([], [])
        assert len({id(one.socket.sent[0]) for one in came_back}) == 1


async def test_who_has_missed_nothing_costs_no_question_and_no_drawing(tmp_path, by_hand, drawings):
    async with a_world(tmp_path) as world:
        await enter(world, "phone")
        await world.advance()
        seq = (await world.row()).seq
        drawings.clear()
        with questions_to(world.parts.database) as asked:
            for _ in range(50):
                await enter(world, "control_room", since=seq)
        assert (asked, drawings) == ([], [])


async def test_what_a_tick_drew_whole_is_what_comers_get(tmp_path, by_hand, drawings):
    async with a_world(tmp_path) as world:
        there = await enter(world, "phone")
        await world.advance()
        seq = (await world.row()).seq
        await until(lambda: f'data-seq="{seq}"' in there.socket.sent[-1])
        drawings.clear()
        late = await enter(world, "phone")
        assert late.socket.sent[0] is there.socket.sent[-1]
        assert drawings == []


async def test_a_screen_with_other_counts_is_drawn_anew(tmp_path, by_hand):
    async with a_world(tmp_path) as world:
        room = world.parts.rooms.of(world.session)
        seq, before = await room.whole("big_screen", "nl")
        await enter(world, "big_screen")
        for seat in world.seats[:3]:
            await enter(world, "phone", participant=seat.hash)
        await room._send_counts(phones=True)
        assert await room.whole("big_screen", "nl") != (seq, before)


async def test_a_screen_whose_clock_runs_is_drawn_anew_after_a_second_and_another_is_not(tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(whole_screens, "monotonic", lambda: now[0])
    for has_clock, is_kept in ((False, True), (True, False)):
        wholes = whole_screens.WholeScreens()
        wholes.keep("phone", 7, {"nl": "<p>"}, has_clock)
        now[0] += 1.5
        assert (wholes.kept("phone", "nl") is not None) == is_kept


async def test_nothing_of_a_session_is_kept_in_memory_when_its_last_screen_has_gone(tmp_path):
    async with a_world(tmp_path) as world:
        room = world.parts.rooms.of(world.session)
        connection = await enter(world, "phone")
        assert room._wholes._kept
        room.leave(connection)
        assert not room._wholes._kept


async def test_a_socket_that_waits_holds_one_text_and_makes_nobody_wait(tmp_path):
    async with a_world(tmp_path) as world:
        stuck, reader = await enter(world, "phone", stuck=True), await enter(world, "phone")
        for number in range(3):
            before = (await world.row()).seq
            await world.run(actions.add, fields=ActionFields(f"actie {number}"))
            await until(lambda s=before: f'data-seq="{s + 1}"' in reader.socket.sent[-1])
        assert stuck.socket.sent == [] and stuck.is_behind
        stuck.socket.may_read.set()
        newest = f'data-seq="{(await world.row()).seq}"'
        await until(lambda: stuck.socket.sent and newest in stuck.socket.sent[-1])
        assert len(stuck.socket.sent) == 2, "the one that waited, and one whole screen instead of all that was missed"


async def test_a_socket_that_cant_be_closed_holds_up_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(closing, "CLOSING_LASTS", 0.05)

    class Deaf(Socket):
        async def close(self, code):
            await asyncio.Event().wait()

    async with a_world(tmp_path) as world:
        room = world.parts.rooms.of(world.session)
        await room.enter(Connection(Deaf(), "phone", "nl"), None)
        other = await enter(world, "phone")
        await world.parts.rooms.close_session(world.session)
        assert other.socket.closed == 4410
