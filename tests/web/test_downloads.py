"""Who gets which report, and under what name."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pypdf import PdfReader

from app.commands import attendance, sessions
from app.domain.phases import Phase
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        await made.advance_to(Phase.COLLECT)
        await made.write_all(["een", "twee", "drie", "reactie snelheid wijkteam"])
        await made.advance_to(Phase.CLUSTER)
        await made.run(attendance.add, name="Truus Jansen", role="wijkagent")
        yield made


async def as_moderator(world: World, path: str) -> httpx.Response:
    """The file, also where a page first shows how far it is."""
    async with world.laptop() as laptop:
        answer = await laptop.get(f"/sessions/{world.session}/{path}")
        shown = answer.headers.get("location", "")
        return await laptop.get(f"{shown}/file") if "/reports/" in shown else answer


async def on_a_phone(world: World, **headers: str) -> httpx.Response:
    code = (await world.row()).code
    async with world.phone(world.seats[0], **headers) as phone:
        return await phone.get(f"/s/{code}/report.pdf")


async def end(world: World, shared: bool) -> None:
    await world.run(sessions.share_report, shared=shared)
    await world.run(sessions.end, page=await world.page(), confirmed="end")


def text_of(answer: httpx.Response) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8"), ("json", "application/json")],
)
async def test_the_moderator_takes_any_format_home(world: World, name: str, media_type: str) -> None:
    answer = await as_moderator(world, f"report.{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    file = f"2005-08-18 wijkteam Buytenwegh de Leyens.{name}"
    assert answer.headers["content-disposition"] == f"attachment; filename=\"{file}\"; filename*=UTF-8''{quote(file)}"


async def test_the_moderator_chooses_the_language_of_headings(world: World) -> None:
    assert b"Vraagnummer" in (await as_moderator(world, "report.csv")).content
    assert b"Question number" in (await as_moderator(world, "report.csv?language=en")).content
    assert b"Vraagnummer" in (await as_moderator(world, "report.csv?language=xx")).content


async def test_an_unknown_format_or_session_is_not_found(world: World) -> None:
    assert (await as_moderator(world, "report.doc")).status_code == 404
    async with world.laptop() as laptop:
        assert (await laptop.get(f"/sessions/{world.session + 1}/report.pdf")).status_code == 404


async def test_nobody_takes_it_home_without_signing_in(world: World) -> None:
    async with world.phone(world.seats[0]) as phone:
        answer = await phone.get(f"/sessions/{world.session}/report.json")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


async def test_a_shared_report_has_no_names_of_who_was_there(world: World) -> None:
    await end(world, shared=True)
    assert "Truus Jansen" not in text_of(await as_moderator(world, "report.pdf"))
    await world.run(attendance.set_report, names=True, roles=None)
    assert "Truus Jansen" in text_of(await as_moderator(world, "report.pdf"))
    answer = await on_a_phone(world)
    assert answer.headers["cache-control"] == "no-store"
    assert "reactie snelheid wijkteam" in text_of(answer)
    assert "Truus" not in text_of(answer) and "wijkagent" not in text_of(answer)


async def test_a_phone_reads_it_in_its_own_language(world: World) -> None:
    await end(world, shared=True)
    assert "Report of the session" in text_of(await on_a_phone(world, **{"Accept-Language": "en"}))


async def test_a_phone_gets_none_that_is_not_shared(world: World) -> None:
    await end(world, shared=False)
    assert (await on_a_phone(world)).status_code == 404


async def test_a_phone_gets_none_while_the_session_runs(world: World) -> None:
    await world.run(sessions.share_report, shared=True)
    assert (await on_a_phone(world)).status_code == 404


async def test_without_a_seat_there_is_no_shared_report(world: World) -> None:
    await end(world, shared=True)
    code = (await world.row()).code
    async with world.phone() as phone:
        answer = await phone.get(f"/s/{code}/report.pdf")
    assert answer.status_code == 303 and answer.headers["location"] == f"/?code={code}"
