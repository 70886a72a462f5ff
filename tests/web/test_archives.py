"""An archive that comes in through the browser: a session, or a sentence and nothing at all."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select

from app.exports.archive_reader import LARGEST_ARCHIVE
from app.exports.examples import ARCHIVES
from app.store.tables import ModerationSession
from app.web import protection
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
BOUNDARY = "grens"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n'
    "Content-Type: application/json\r\n\r\n"
).encode()
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
MEGABYTE = 1024 * 1024


async def sessions_of(world: World) -> list[ModerationSession]:
    async with world.parts.database.reader() as db:
        return list((await db.exec(select(ModerationSession))).all())


async def send(laptop: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await laptop.post("/sessions/import", files={"file": ("archief.json", content, "application/json")})


async def test_an_archive_becomes_a_session_of_ones_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await send(laptop, ARCHIVES[0].read_bytes())
        assert (answer.status_code, answer.headers["location"]) == (303, "/sessions/2/control-room")
        assert "Samenwerking" in (await laptop.get("/sessions/2/control-room")).text
        made = (await sessions_of(world))[1]
        assert (made.moderator_id, made.status, made.code) == (world.moderator, "ended", None)


async def test_the_page_to_open_an_archive_keeps_the_gear_of_the_owner(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        for page in ("/sessions", "/sessions/import"):
            assert 'href="/settings"' in (await laptop.get(page)).text, page


async def test_a_draft_goes_to_its_agenda(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        content = (await laptop.get(f"/sessions/{world.session}/report.json")).content
        assert (await send(laptop, content)).headers["location"] == "/sessions/2/agenda"


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "ingevuld"),
        (b"een brief", 422, "geen archief van Moderato"),
        (ARCHIVES[0].read_bytes()[:4000], 422, "beschadigd"),
        (ARCHIVES[0].read_bytes().replace(b'"version": 1', b'"version": 2'), 422, "nieuwere Moderato"),
        (b" " * (LARGEST_ARCHIVE + 1), 413, "te groot"),
        (b"[" * 100_000, 422, "geen archief van Moderato"),
    ],
)
async def test_what_is_refused_ends_in_a_sentence_beside_the_form(
    tmp_path: Path, content: bytes, status: int, sentence: str
) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await send(laptop, content)
        assert answer.status_code == status
        assert sentence in answer.text and 'action="/sessions/import"' in answer.text
        assert len(await sessions_of(world)) == 1


async def test_the_place_of_the_damage_is_text_and_no_markup(tmp_path: Path) -> None:
    archive: Any = json.loads(ARCHIVES[0].read_text())
    archive["questions"][0]["settings"]["minutes"] = {"<script>": "x"}
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await send(laptop, json.dumps(archive).encode())
        assert answer.status_code == 422 and "<script>" not in answer.text.replace('<script type="module"', "")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * 1000, {"Content-Type": "text/plain"}),
        (b"x" * 1000, MULTIPART),
        (b"x" * 1000, {"Content-Type": "multipart/form-data"}),
        (HEAD, MULTIPART),
        (HEAD.replace(b'name="file"; filename="a.json"', b'name="file"') + b"x\r\n--grens--\r\n", MULTIPART),
        (HEAD.replace(b"form-data;", b"form-data; \xff"), MULTIPART),
        ((HEAD + b"x\r\n") * 3 + b"--grens--\r\n", MULTIPART),
        (b"", {}),
    ],
)
async def test_another_body_is_refused_too(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post("/sessions/import", content=body, headers=headers)
        assert answer.status_code == 422 and "<h1>" in answer.text
        assert len(await sessions_of(world)) == 1


@pytest.mark.parametrize("announces", [True, False])
async def test_two_hundred_megabytes_are_read_to_the_end_and_kept_nowhere(tmp_path: Path, announces: bool) -> None:
    """To the end, since a browser that can't send all reads no answer; without memory that grows with the file."""
    sent = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        yield HEAD
        for _ in range(200):
            sent += 1
            yield b" " * MEGABYTE

    headers = {**MULTIPART, **({"Content-Length": str(len(HEAD) + 200 * MEGABYTE)} if announces else {})}
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        tracemalloc.start()
        answer = await laptop.post("/sessions/import", content=pieces(), headers=headers)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (answer.status_code, sent) == (413, 200) and "te groot" in answer.text
        assert most < 3 * LARGEST_ARCHIVE
        assert len(await sessions_of(world)) == 1


async def test_no_other_door_takes_as_much(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        for path in ("/sessions", "/sessions/import/", "/sessions/1/import"):
            answer = await laptop.post(path, data={"title": "x" * protection.LARGEST_BODY})
            assert answer.status_code in (404, 405, 413, 307), path


async def test_a_stranger_is_asked_to_sign_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as stranger:
        for answer in (
            await send(stranger, ARCHIVES[0].read_bytes()),
            await stranger.post("/sessions/examples"),
            await stranger.get("/sessions/import"),
        ):
            assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
        assert len(await sessions_of(world)) == 1


async def test_the_examples_are_offered_while_there_is_nothing_and_come_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        assert "/sessions/examples" not in (await laptop.get("/sessions")).text
        async with world.parts.database.writer() as db, db.begin():
            await db.delete(await db.get(ModerationSession, world.session))
        assert 'action="/sessions/examples"' in (await laptop.get("/sessions")).text
        assert (await laptop.post("/sessions/examples")).status_code == 303
        page = (await laptop.get("/sessions")).text
        assert "wijkteam Buytenwegh de Leyens" in page and "bewoners Buytenwegh de Leyens" in page
        assert "/sessions/examples" not in page
        # Nobody has a seat in what came from an archive; who voted is known.
        assert "8 deelnemers" in page and "6 deelnemers" in page
        again = await laptop.post("/sessions/examples")
        assert again.status_code == 409 and "staan er al" in again.text
        assert len(await sessions_of(world)) == 2


def test_the_form_knows_how_much_is_taken() -> None:
    form = (Path(__file__).parents[2] / "app/templates/dashboard/import.html").read_text()
    assert f'data-largest="{LARGEST_ARCHIVE}"' in form and f"limit={LARGEST_ARCHIVE // MEGABYTE})" in form
