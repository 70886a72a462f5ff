"""The server can't keep up for a while: everybody is told calmly to come back, and then it goes on."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.commands.run import Overloaded
from app.domain.trouble import Trouble
from app.live.connection import GONE, NOT_ALLOWED
from app.screens import refresh
from app.store import database, people
from app.web import join
from app.web.limits import TypedCodes
from app.web.socket import TRY_AGAIN_LATER
from tests.web.test_sockets import close_code, opened, phone_path
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
BUSY = "Het is nu erg druk."


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a connection, and no wrong code was typed yet."""
    monkeypatch.setattr(database, "LONGEST_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(join, "typed_codes", TypedCodes())


@asynccontextmanager
async def all_connections_taken(world: World) -> AsyncIterator[None]:
    """Somebody else reads with every connection there is."""
    async with AsyncExitStack() as stack:
        for _ in range(database.READERS):
            db = await stack.enter_async_context(world.parts.database.reader())
            await db.exec(select(1))
        yield


async def path(world: World, rest: str = "") -> str:
    return f"/s/{(await world.row()).code}{rest}"


async def test_a_page_that_finds_no_connection_free_is_asked_to_come_back_and_then_comes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        here = await path(world)
        async with all_connections_taken(world):
            answer = await phone.get(here)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert BUSY in answer.text and "Deze pagina probeert het vanzelf opnieuw." in answer.text
        assert 'data-again="2"' in answer.text and "js/busy.js" in answer.text
        assert (await phone.get(here)).status_code == 200


@pytest.mark.parametrize(
    ("headers", "said"),
    [({"Accept": "application/json"}, '"refusal":"overloaded"'), ({"HX-Request": "true"}, 'class="notice"')],
)
async def test_scripts_are_told_the_same_in_their_own_form(tmp_path: Path, headers: dict[str, str], said: str) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        here = await path(world)
        async with all_connections_taken(world):
            answer = await phone.get(here, headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert said in answer.text and BUSY in answer.text
        assert (await phone.get(here, headers=headers)).status_code == 200


async def test_a_code_typed_into_a_busy_server_stays_in_its_field_and_is_sent_again_by_itself(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as phone:
        code = str((await world.row()).code)
        async with all_connections_taken(world):
            answer = await phone.post("/", data={"code": code})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert f'value="{code}"' in answer.text and BUSY in answer.text and 'data-again="2"' in answer.text
        assert "aria-invalid" not in answer.text, "the code is not what is wrong"
        assert (await phone.post("/", data={"code": code}, follow_redirects=True)).status_code == 200


async def test_a_seat_that_could_not_be_written_is_asked_for_again_by_the_same_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as phone:
        row = await world.row()
        door = f"/s/{row.code}/join/{row.join_key}"

        async def full(*_: object, **__: object) -> None:
            raise Overloaded

        with monkeypatch.context() as busy:
            busy.setattr(world.parts.writer, "run", full)
            answer = await phone.post(door)
            told = await phone.post(door, headers={"Accept": "application/json"})
        assert (answer.status_code, told.status_code) == (503, 503)
        assert f'action="{door}"' in answer.text and 'data-again="2"' in answer.text
        assert told.json()["refusal"] == "overloaded"
        assert (await phone.post(door, follow_redirects=True)).status_code == 200
        async with world.parts.database.reader() as db:
            assert await people.seats(db, world.session) == 1


async def test_a_typed_text_is_given_back_by_a_busy_server(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await world.advance()
        question, here = await world.question(), await path(world, "/statements")
        form = {"question": question.id, "text": "korte lijnen", "receipt": "ab" * 16}
        async with all_connections_taken(world):
            answer = await phone.post(here, data=form)
        assert answer.status_code == 503 and "korte lijnen" in answer.text
        assert (await phone.post(here, data=form)).status_code == 303


async def test_a_socket_that_finds_no_connection_free_is_closed_with_a_code_on_which_phones_return(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path) as world:
        here, seat = await phone_path(world), {"seat": world.seats[0].token}
        async with all_connections_taken(world):
            assert await close_code(world, here, seat) == TRY_AGAIN_LATER
        async with opened(world, here, seat) as socket:
            assert 'id="scene"' in await socket.receive_text(5)


async def test_a_socket_that_finds_a_database_that_can_t_be_read_comes_back_and_the_cause_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_world(tmp_path) as world:
        here, seat = await phone_path(world), {"seat": world.seats[0].token}

        def unreadable() -> None:
            raise OperationalError("select 1", {}, OSError(errno.EROFS, "read-only"))

        with monkeypatch.context() as trouble:
            trouble.setattr(world.parts.database, "reader", unreadable)
            for _ in range(3):
                assert await close_code(world, here, seat) == TRY_AGAIN_LATER
        assert world.parts.writer.storing.trouble == Trouble.READ_ONLY
        assert [line.levelname for line in caplog.records if line.levelname != "DEBUG"] == ["ERROR"]
        async with opened(world, here, seat) as socket:
            assert 'id="scene"' in await socket.receive_text(5)


async def test_a_screen_that_can_t_be_drawn_tells_no_phone_that_its_session_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(refresh, "draw_whole", broken)
    async with a_world(tmp_path) as world:
        here, seat = await phone_path(world), {"seat": world.seats[0].token}
        assert await close_code(world, here, seat) not in (GONE, NOT_ALLOWED)
